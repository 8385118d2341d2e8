package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one can take in at a sitting, in the main sources of all modules. */
class SourceSizesTest {
  private static final int LINES = 300;
  private static final int FILES = 20;
  private static final int PARAMETERS = 6;

  /** A package with more files has this in its package-info, and then why it is no two packages. */
  private static final String REASON = "More than twenty files";

  /** Files that may be longer, and why. */
  private static final Map<String, String> LONGER = Map.of();

  /** Classes whose constructor may have more parameters, and why. */
  private static final Map<String, String> MORE_PARAMETERS =
      Map.of("Option", "private: what an option is, given by factory methods with fewer");

  private static List<Path> sources;

  @BeforeAll
  static void find() throws IOException {
    sources = new ArrayList<>();
    Files.walkFileTree(
        Path.of(".."),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes unused) {
            String name = directory.getFileName().toString();
            return name.equals("target") || name.equals(".git")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused) {
            if (file.toString().contains("/src/main/java/") && file.toString().endsWith(".java")) {
              sources.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(sources).hasSizeGreaterThan(500);
  }

  @Test
  void noFileIsLong() throws IOException {
    Map<String, Integer> found = new TreeMap<>();
    for (Path source : sources) {
      int lines = Files.readAllLines(source).size();
      if (lines > LINES) {
        found.put(source.getFileName().toString(), lines);
      }
    }
    assertThat(found.keySet()).as("%s", found).isEqualTo(LONGER.keySet());
  }

  @Test
  void noPackageIsFullWithoutAReason() throws IOException {
    Map<Path, Integer> files = new TreeMap<>();
    for (Path source : sources) {
      if (!source.endsWith("package-info.java")) {
        files.merge(source.getParent(), 1, Integer::sum);
      }
    }
    for (Map.Entry<Path, Integer> entry : files.entrySet()) {
      Path info = entry.getKey().resolve("package-info.java");
      assertThat(info).exists();
      String comment = Files.readString(info).replace("\n * ", " ");
      assertThat(comment.contains(REASON))
          .as("%s has %d files; '%s' in its package-info", entry.getKey(), entry.getValue(), REASON)
          .isEqualTo(entry.getValue() > FILES);
    }
  }

  /** Records are data: what they hold has names and is read one by one, so they may have more. */
  @Test
  void noConstructorHasManyParameters() throws IOException {
    Map<String, Integer> found = new TreeMap<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        new Constructors(found).scan(unit, null);
      }
    }
    assertThat(found.keySet()).as("%s", found).isEqualTo(MORE_PARAMETERS.keySet());
  }

  private static final class Constructors extends TreeScanner<Void, Void> {
    private final Map<String, Integer> found;

    Constructors(Map<String, Integer> found) {
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      for (Tree member : type.getMembers()) {
        if (type.getKind() != Tree.Kind.RECORD
            && member instanceof MethodTree method
            && method.getName().contentEquals("<init>")
            && method.getParameters().size() > PARAMETERS) {
          found.put(type.getSimpleName().toString(), method.getParameters().size());
        }
      }
      return super.visitClass(type, null);
    }
  }
}

package org.roundel.core.plugin.load;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.RoundelPlugin;
import org.roundel.core.ErrorKind;

/** Compiles classes for tests with the API, ND4J and the core on the class path. */
final class InMemoryCompiler {
  /** Many tests want the same class, and compiling is most of what they do. */
  private static final Map<Map<String, String>, Map<String, byte[]>> compiled =
      new ConcurrentHashMap<>();

  private InMemoryCompiler() {}

  /**
   * Compiles classes together.
   *
   * @param sources source texts by class name
   * @return class files by path
   */
  static Map<String, byte[]> compile(Map<String, String> sources) {
    return compiled.computeIfAbsent(Map.copyOf(sources), InMemoryCompiler::run);
  }

  private static Map<String, byte[]> run(Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> arguments =
        List.of("-proc:none", "-nowarn", "--release", "17", "-classpath", classPath());
    List<Source> units = new ArrayList<>();
    sources.forEach((className, text) -> units.add(new Source(className, text)));
    try (InMemoryFiles files = new InMemoryFiles(compiler)) {
      if (!compiler.getTask(messages, files, null, arguments, null, units).call()) {
        throw new IllegalArgumentException(messages.toString());
      }
      return files.classes();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String classPath() {
    List<String> paths = new ArrayList<>();
    for (Class<?> type :
        List.of(
            RoundelPlugin.class,
            INDArray.class,
            ND4JClassLoading.class,
            NullMarked.class,
            ErrorKind.class)) {
      try {
        paths.add(
            Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
      } catch (URISyntaxException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    return String.join(File.pathSeparator, paths);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps what the compiler writes in memory. */
  private static final class InMemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

    InMemoryFiles(JavaCompiler compiler) {
      super(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8));
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> classes = new LinkedHashMap<>();
      written.forEach((path, bytes) -> classes.put(path, bytes.toByteArray()));
      return classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      String path = className.replace('.', '/') + kind.extension;
      return new SimpleJavaFileObject(URI.create("memory:///" + path), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          written.put(path, bytes);
          return bytes;
        }
      };
    }
  }
}

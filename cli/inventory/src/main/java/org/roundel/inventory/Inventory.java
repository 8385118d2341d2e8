package org.roundel.inventory;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes stock of a distribution. Every JAR of others, on the class path of the tests too, has to be
 * in the list of dependencies with the bytes that are there; then {@code NOTICE}, {@code licenses/}
 * and {@code sbom.json} are written into the distribution. Else the build fails, and what was found
 * is written where a maintainer can compare and copy it.
 */
public final class Inventory {
  private final Path distribution;
  private final Path lists;
  private final Path repository;
  private final Path proposal;
  private final Set<String> classifiers;
  private final Set<String> problems = new TreeSet<>();
  private final Set<String> proposed = new TreeSet<>();

  /**
   * Takes stock of one distribution.
   *
   * @param distribution its directory
   * @param lists the directory that has dependencies.txt, natives.txt and licenses/
   * @param repository Maven's local repository, which has the JARs of native libraries
   * @param proposal where lines are written that the list of dependencies lacks
   * @param classifiers those of the JARs whose native libraries it carries
   */
  Inventory(
      Path distribution,
      Path lists,
      Path repository,
      Path proposal,
      Collection<String> classifiers) {
    this.distribution = distribution;
    this.lists = lists;
    this.repository = repository;
    this.proposal = proposal;
    this.classifiers = new TreeSet<>(classifiers);
  }

  /**
   * Takes stock, for the build: the five places of {@link #Inventory}, classifiers with commas
   * between them, then Roundel's version, the time of the build, and a class path to check too.
   */
  public static void main(String[] arguments) throws IOException {
    Inventory inventory =
        new Inventory(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            Path.of(arguments[2]),
            Path.of(arguments[3]),
            List.of(arguments[4].split(",", -1)));
    List<String> problems =
        inventory.take(
            arguments[5], arguments[6], List.of(arguments[7].split(File.pathSeparator, -1)));
    if (!problems.isEmpty()) {
      throw new IOException(
          "the distribution is not what cli/inventory/dependencies.txt says:\n  "
              + String.join("\n  ", problems)
              + "\nWhat was found is in "
              + arguments[3]
              + "; cli/inventory/dependencies.txt says what to do with it");
    }
  }

  /** Takes stock and returns what is wrong; writes the distribution's papers if nothing is. */
  List<String> take(String version, String timestamp, List<String> classPath) throws IOException {
    List<Dependency> listed = Dependency.read(lists.resolve("dependencies.txt"));
    Map<String, Dependency> byFile = new TreeMap<>();
    listed.forEach(dependency -> byFile.put(dependency.fileName(), dependency));
    Distribution files = Distribution.read(distribution);
    Map<Dependency, List<String>> places = places(files, byFile);
    checkNativeJars(listed, places);
    checkClassPath(classPath, byFile);
    for (Dependency dependency : listed) {
      if (dependency.isShipped()
          && dependency.classifier().isEmpty()
          && !places.containsKey(dependency)) {
        problems.add(dependency.coordinates() + " is in the list and not in the distribution");
      }
    }
    Map<String, NativeKind> natives = natives(files);
    Files.deleteIfExists(proposal);
    if (problems.isEmpty()) {
      write(files, places, natives, version, timestamp);
    } else {
      Files.write(proposal, proposed);
    }
    return List.copyOf(problems);
  }

  /** Returns where each JAR of others lies. */
  private Map<Dependency, List<String>> places(Distribution files, Map<String, Dependency> byFile) {
    Map<Dependency, List<String>> places = sorted();
    files
        .othersJars()
        .forEach(
            (name, sha256) -> {
              Dependency dependency = byFile.get(Distribution.fileName(name));
              if (check(name, sha256, dependency) && dependency != null) {
                if (!dependency.isShipped()) {
                  problems.add(name + " is shipped, and the list has no licence of it");
                }
                places.computeIfAbsent(dependency, unused -> new ArrayList<>()).add(name);
              }
            });
    return places;
  }

  private boolean check(String name, String sha256, @Nullable Dependency dependency) {
    if (dependency != null && dependency.sha256().equals(sha256)) {
      return true;
    }
    String found = name + " has the SHA-256 " + sha256;
    if (dependency == null) {
      problems.add(found + " and is not in the list");
      proposed.add(sha256 + " | ?:" + Distribution.fileName(name) + " | ?");
    } else {
      problems.add(found + ", the list has " + dependency.sha256());
      proposed.add(sha256 + " | " + dependency.coordinates() + " | " + dependency.licence());
    }
    return false;
  }

  /** The JARs that the native libraries were unpacked from lie in Maven's repository. */
  private void checkNativeJars(List<Dependency> listed, Map<Dependency, List<String>> places)
      throws IOException {
    for (Dependency dependency : listed) {
      if (classifiers.contains(dependency.classifier())) {
        Path jar = dependency.in(repository);
        if (!Files.exists(jar)) {
          problems.add(dependency.coordinates() + " is in the list and not in " + repository);
        } else if (check(dependency.coordinates(), Distribution.sha256(jar), dependency)) {
          places.put(dependency, List.of("native/"));
        }
      }
    }
  }

  private void checkClassPath(List<String> classPath, Map<String, Dependency> byFile)
      throws IOException {
    for (String entry : classPath) {
      Path jar = Path.of(entry);
      String name = String.valueOf(jar.getFileName());
      if (name.endsWith(".jar") && !name.startsWith("roundel-")) {
        String sha256 = Distribution.sha256(jar);
        Dependency dependency = byFile.get(name);
        if (!check(name, sha256, dependency) && dependency == null && jar.startsWith(repository)) {
          proposed.remove(sha256 + " | ?:" + name + " | ?");
          proposed.add(sha256 + " | " + coordinates(repository.relativize(jar)) + " | -");
        }
      }
    }
  }

  private static String coordinates(Path inRepository) {
    int parts = inRepository.getNameCount();
    String group = inRepository.subpath(0, parts - 3).toString().replace(File.separatorChar, '.');
    String artifact = inRepository.getName(parts - 3).toString();
    String version = inRepository.getName(parts - 2).toString();
    String file = inRepository.getFileName().toString();
    String end = file.substring((artifact + "-" + version).length()).replace(".jar", "");
    return group + ":" + artifact + ":" + version + end.replaceFirst("^-", ":");
  }

  private Map<String, NativeKind> natives(Distribution files) throws IOException {
    List<NativeKind> kinds = NativeKind.read(lists.resolve("natives.txt"));
    Map<String, NativeKind> natives = new TreeMap<>();
    for (String file : files.natives().keySet()) {
      NativeKind.of(Distribution.fileName(file), kinds)
          .ifPresentOrElse(
              kind -> natives.put(file, kind),
              () -> problems.add(file + " is not in cli/inventory/natives.txt"));
    }
    return natives;
  }

  private void write(
      Distribution files,
      Map<Dependency, List<String>> places,
      Map<String, NativeKind> natives,
      String version,
      String timestamp)
      throws IOException {
    Path licences = distribution.resolve("licenses");
    List<String> expressions = new ArrayList<>();
    places.keySet().forEach(dependency -> expressions.add(dependency.licence()));
    natives.values().forEach(kind -> expressions.add(kind.licence()));
    for (String missing :
        LicenceTexts.copy(
            LicenceTexts.identifiers(expressions), lists.resolve("licenses"), licences)) {
      problems.add("cli/inventory/licenses/ has no text " + missing + ".txt");
    }
    Map<Dependency, Set<String>> texts = sorted();
    for (Map.Entry<Dependency, List<String>> place : places.entrySet()) {
      Dependency dependency = place.getKey();
      if (dependency.classifier().isEmpty()) {
        Path jar = files.file(place.getValue().get(0));
        texts.put(
            dependency, LicenceTexts.copyFrom(jar, licences.resolve(Notice.directory(dependency))));
      }
    }
    Map<String, Set<String>> inOwn = new TreeMap<>();
    for (String jar : files.ownJars().keySet()) {
      Set<String> names =
          LicenceTexts.copyFrom(files.file(jar), licences.resolve(Notice.directory(jar)));
      if (!names.isEmpty()) {
        inOwn.put(jar, names);
      }
    }
    Map<String, List<String>> own = new LinkedHashMap<>();
    files
        .ownJars()
        .forEach((name, hash) -> own.computeIfAbsent(hash, unused -> new ArrayList<>()).add(name));
    Files.writeString(
        distribution.resolve("NOTICE"),
        new Notice().jars(places, texts).own(inOwn).natives(natives).toString());
    Files.writeString(
        distribution.resolve("sbom.json"),
        new BillOfMaterials(version, timestamp)
            .own(own)
            .others(places)
            .natives(files.natives(), natives)
            .toString());
  }

  private static <V> Map<Dependency, V> sorted() {
    return new TreeMap<>(Comparator.comparing(Dependency::coordinates));
  }
}

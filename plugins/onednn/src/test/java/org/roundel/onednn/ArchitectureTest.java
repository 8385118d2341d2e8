package org.roundel.onednn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The programs' floor: they know oneDNN, and neither DL4J, nor ND4J, nor Roundel's interface. */
class ArchitectureTest {
  /** Fewer means that the scan looked in the wrong place. */
  private static final int LEAST_CLASSES = 40;

  /** From the ground up. */
  private static final List<String> ROOMS =
      Stream.of("net", "memory", "program", "graph", "kernel", "operation")
          .map(room -> "org.roundel.onednn." + room)
          .toList();

  private static final JavaClasses PROGRAMS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.roundel.onednn");

  @Test
  void theScanFoundTheClasses() {
    assertThat(PROGRAMS.size()).isGreaterThanOrEqualTo(LEAST_CLASSES);
  }

  @Test
  void usesOnlyItsOwnLibraries() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.roundel.onednn..",
            "org.roundel.winograd..",
            "org.bytedeco.dnnl..",
            "org.bytedeco.javacpp..",
            "org.jspecify.annotations..")
        .check(PROGRAMS);
  }

  @Test
  void eachRoomKnowsOnlyThoseBelowIt() {
    for (int room = 0; room < ROOMS.size(); room++) {
      for (int above = room + 1; above < ROOMS.size(); above++) {
        noClasses()
            .that()
            .resideInAPackage(ROOMS.get(room))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOMS.get(above))
            .check(PROGRAMS);
      }
    }
  }

  @Test
  void theCompilersAndWhatIsCompiledKnowNoOperation() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.roundel.onednn.operation")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.roundel.onednn.operation")
        .check(PROGRAMS);
  }

  @Test
  void printsNothing() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(PROGRAMS);
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(PROGRAMS);
  }
}

package org.roundel.dl4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The toolkit's floor, and the order of its rooms. */
class ArchitectureTest {
  /** Fewer means that the scan looked in the wrong place. */
  private static final int LEAST_CLASSES = 30;

  private static final String DOOR = "org.roundel.dl4j";
  private static final String NET = "org.roundel.dl4j.net";
  private static final String PROGRAM = "org.roundel.dl4j.program";
  private static final String REFERENCE = "org.roundel.dl4j.reference";

  private static final JavaClasses TOOLKIT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(DOOR);

  private static void knowsNothingOf(String room, String... others) {
    noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(TOOLKIT);
  }

  @Test
  void theScanFoundTheClasses() {
    assertThat(TOOLKIT.size()).isGreaterThanOrEqualTo(LEAST_CLASSES);
  }

  @Test
  void usesOnlyItsOwnLibraries() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.roundel.dl4j..",
            "org.roundel.onednn..",
            "org.roundel.threads..",
            "org.roundel.winograd..",
            "org.roundel.api..",
            "org.deeplearning4j..",
            "org.nd4j..",
            "org.bytedeco.javacpp..",
            "org.slf4j..",
            "org.jspecify.annotations..")
        .check(TOOLKIT);
  }

  @Test
  void whatANetIsKnowsNothingOfWhatRunsIt() {
    knowsNothingOf(NET, PROGRAM, REFERENCE, DOOR, "org.roundel.onednn..");
  }

  @Test
  void whatRunsNetsKnowsNothingOfEachOther() {
    knowsNothingOf(PROGRAM, REFERENCE, DOOR);
    knowsNothingOf(REFERENCE, PROGRAM, DOOR);
  }

  @Test
  void printsNothing() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(TOOLKIT);
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(TOOLKIT);
  }
}

package org.roundel.sweep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The floor of sweeps: core, api and what reports write on a terminal; no command, no plugin. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.roundel.sweep");

  @Test
  void scansTheWholeModule() {
    assertThat(CLASSES).hasSizeGreaterThanOrEqualTo(25);
  }

  @Test
  void usesWhatItsFloorAllows() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.roundel.api..",
            "org.roundel.core..",
            "org.roundel.report.terminal..",
            "org.roundel.sweep..",
            "org.jspecify..",
            "org.slf4j..",
            "com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @Test
  void printsOnlyWhereItIsTold() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }

  @Test
  void hasNoCycles() {
    SlicesRuleDefinition.slices()
        .matching("org.roundel.(**)")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }
}

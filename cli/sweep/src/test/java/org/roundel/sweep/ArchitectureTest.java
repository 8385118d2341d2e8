package org.roundel.sweep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
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

  /** Clocks of machines differ; a lease goes by what one process sees, on its own clock. */
  @Test
  void leasesAskNoClockThatMachinesWouldHaveToShare() {
    noClasses()
        .that()
        .resideInAPackage("org.roundel.sweep.lease..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Files.class, "getLastModifiedTime", Path.class, LinkOption[].class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            Instant.class, Clock.class, LocalDateTime.class, ZonedDateTime.class, FileTime.class)
        .check(CLASSES);
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

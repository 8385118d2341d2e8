package org.roundel.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.roundel.cli");

  @Test
  void scansTheWholeModule() {
    assertThat(CLASSES).hasSizeGreaterThanOrEqualTo(35);
  }

  @Test
  void usesWhatItsFloorAllows() {
    classes()
        .that()
        .resideInAPackage("org.roundel.cli..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "com.sun.net.httpserver..",
            "com.sun.management..",
            "javax.imageio..",
            // What is a name in Java.
            "javax.lang.model..",
            "org.roundel.api..",
            "org.roundel.core..",
            "org.roundel.kit..",
            "org.roundel.reproduce..",
            "org.roundel.sweep..",
            "org.roundel.report..",
            "org.roundel.page..",
            "org.roundel.cli..",
            "org.jspecify..",
            "org.slf4j..",
            "ch.qos.logback..",
            "com.fasterxml.jackson..",
            "com.google.inject..",
            "io.micrometer..",
            "io.prometheus..",
            "picocli..",
            "org.nd4j..",
            "org.roundel.winograd..",
            "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void onlyTheDoctorAndTheBenchmarkTouchNativeCode() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.roundel.cli.doctor..", "org.roundel.cli.benchmark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.roundel.winograd..", "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void whatShowsRunsSeesEventsAndRecordsOnly() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.roundel.cli.progress..", "org.roundel.cli.compare..", "org.roundel.cli.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.roundel.core.training..",
            "org.roundel.core.net..",
            "org.roundel.core.batch..",
            "org.roundel.core.component..",
            "org.roundel.core.evaluation..")
        .check(CLASSES);
  }

  @Test
  void makesObjectsOfTheCoreInOnePlace() {
    noClasses()
        .that()
        .doNotHaveSimpleName("RunExecution")
        .and()
        .doNotHaveSimpleName("EvaluateCommand")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.inject..")
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

  /** Core names no plugin; what it is told of them in its own tests is what it is told here. */
  @Test
  void coreIsTestedWithTheDistributionsOwnChoices() throws IOException {
    String name = "resources/roundel-distribution.properties";
    assertThat(Files.readString(Path.of("src/main", name)))
        .isEqualTo(Files.readString(Path.of("../core/src/test", name)));
  }
}

package org.roundel.page;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.roundel.page");

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
            "javax.net.ssl..",
            "com.sun.net.httpserver..",
            "org.roundel.core",
            "org.roundel.core.checkpoint..",
            "org.roundel.core.config..",
            "org.roundel.core.event..",
            "org.roundel.core.metrics..",
            "org.roundel.core.record..",
            "org.roundel.core.run..",
            "org.roundel.api",
            "org.roundel.page..",
            "org.jspecify..",
            "org.slf4j..",
            "com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @Test
  void speaksHttpInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.roundel.page.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.net.httpserver..")
        .check(CLASSES);
  }

  @Test
  void printsNothing() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
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

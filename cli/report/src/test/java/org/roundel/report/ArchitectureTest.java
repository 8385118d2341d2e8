package org.roundel.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/**
 * The floor of reports: core's files and errors, and the libraries that draw and fill templates.
 */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.roundel.report");

  @Test
  void scansTheWholeModule() {
    assertThat(CLASSES).hasSizeGreaterThanOrEqualTo(35);
  }

  @Test
  void usesWhatItsFloorAllows() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.imageio..",
            "javax.xml..",
            "org.w3c.dom..",
            "org.roundel.core",
            "org.roundel.core.run..",
            "org.roundel.report..",
            "org.jspecify..",
            "org.jfree..",
            "org.apache.batik..",
            "freemarker..")
        .check(CLASSES);
  }

  @Test
  void rendersTemplatesInOnePlace() {
    noClasses()
        .that()
        .haveNameNotMatching("org.roundel.report.Template.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("freemarker..")
        .check(CLASSES);
  }

  @Test
  void drawsInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.roundel.report.chart.drawing..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jfree..", "org.apache.batik..", "java.awt..", "javax.imageio..")
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

package org.roundel.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The API's floor: what it may depend on. */
class ArchitectureTest {
  /** Fewer means that the scan looked in the wrong place. */
  private static final int LEAST_CLASSES = 30;

  private static final JavaClasses API =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.roundel.api", "org.roundel.threads");

  @Test
  void theScanFoundTheClasses() {
    assertThat(API.size()).isGreaterThanOrEqualTo(LEAST_CLASSES);
  }

  @Test
  void usesTheJdkNd4jAndJspecifyOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.lang..",
            "java.net..",
            "java.nio..",
            "java.util..",
            "org.nd4j.linalg..",
            // The memory under an INDArray; nd4j-api brings it.
            "org.bytedeco.javacpp..",
            "org.jspecify.annotations..",
            "org.roundel.api..",
            // What the program itself sets; no plugin sees it.
            "org.roundel.threads..")
        .check(API);
  }

  @Test
  void namesNoBackend() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j.linalg.cpu..", "org.nd4j.nativeblas..", "java.util.logging..")
        .check(API);
  }

  @Test
  void printsNothing() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(API);
  }
}

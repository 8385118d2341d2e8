package org.roundel.reproduce.theory;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;

/** The theory's floor: it is a library of its own, without native code. */
class ArchitectureTest {
  /** Fewer means that the scan looked in the wrong place. */
  private static final int LEAST_CLASSES = 18;

  private static final JavaClasses THEORY =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.roundel.reproduce.theory");

  @Test
  void theScanFoundTheClasses() {
    assertThat(THEORY.size()).isGreaterThanOrEqualTo(LEAST_CLASSES);
  }

  @Test
  void usesTheJavaPlatformAndRandomNumbersOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "java..",
                    "org.roundel.reproduce.theory..",
                    "org.roundel.api.random..",
                    "org.jspecify.annotations..")
                .or(type(InvalidInputException.class)))
        .check(THEORY);
  }

  @Test
  void printsNothing() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(THEORY);
  }
}

package org.roundel.kit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The kit's floor: the rules run without a test library. */
class ArchitectureTest {
  /** Fewer means that the scan looked in the wrong place. */
  private static final int LEAST_CLASSES = 25;

  private static final JavaClasses KIT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.roundel.kit");

  @Test
  void theScanFoundTheClasses() {
    assertThat(KIT.size()).isGreaterThanOrEqualTo(LEAST_CLASSES);
  }

  @Test
  void onlyTheContractsUseJunitAndNothingUsesAssertj() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Contract")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.junit..")
        .check(KIT);
    noClasses().should().dependOnClassesThat().resideInAPackage("org.assertj..").check(KIT);
  }

  @Test
  void printsNothing() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(KIT);
  }
}

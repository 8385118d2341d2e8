package org.roundel.kit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kit's floor: the rules run without a test library; and the order of its rooms. */
class ArchitectureTest {
  /** Fewer means that the scan looked in the wrong place. */
  private static final int LEAST_CLASSES = 25;

  private static final String RULE = "org.roundel.kit.rule";
  private static final String PROBE = "org.roundel.kit.probe";

  private static final JavaClasses KIT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.roundel.kit");

  private static void knowsOnly(String room, String... below) {
    classes()
        .that()
        .resideInAPackage("org.roundel.kit." + room)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("org.roundel.kit..")
                .or(resideInAPackage("org.roundel.kit." + room))
                .or(resideInAnyPackage(below)))
        .check(KIT);
  }

  @Test
  void theScanFoundTheClasses() {
    assertThat(KIT.size()).isGreaterThanOrEqualTo(LEAST_CLASSES);
  }

  @Test
  void aRoomOfAKindKnowsOnlyTheGroundThatAllStandOn() {
    knowsOnly("rule");
    knowsOnly("probe", RULE);
    for (String kind :
        List.of("quantizer", "optimizer", "schedule", "model", "dataset", "exporter")) {
      knowsOnly(kind, RULE, PROBE);
    }
    // Inferences run the nets that exporters write.
    knowsOnly("inference", RULE, "org.roundel.kit.exporter");
  }

  @Test
  void atTheDoorAreContractsOnly() {
    classes()
        .that()
        .resideInAPackage("org.roundel.kit")
        .and()
        .areTopLevelClasses()
        .should()
        .haveNameMatching(".*(Contract|package-info)")
        .check(KIT);
  }

  @Test
  void onlyTheContractsUseJunitAndNothingUsesAssertj() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.roundel.kit")
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

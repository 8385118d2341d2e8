package org.roundel.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The core's floor: what it may depend on. */
class ArchitectureTest {
  /** Fewer means that the scan looked in the wrong place. */
  private static final int LEAST_CLASSES = 60;

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.roundel.core");

  @Test
  void theScanFoundTheClasses() {
    assertThat(CORE.size()).isGreaterThanOrEqualTo(LEAST_CLASSES);
  }

  @Test
  void usesOnlyItsOwnLibraries() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.management..",
            "org.roundel.core..",
            "org.roundel.api..",
            "org.roundel.threads..",
            "org.nd4j..",
            "org.bytedeco.javacpp..",
            "org.jspecify.annotations..",
            "com.google.inject..",
            "jakarta.inject..",
            "io.micrometer.core..",
            "org.slf4j..",
            "com.fasterxml.jackson..",
            "org.yaml.snakeyaml..")
        .check(CORE);
  }

  @Test
  void hasNoScreenServerOrSerialization() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.swing..", "com.sun.net.httpserver..", "java.rmi..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .check(CORE);
  }

  @Test
  void printsNothingAndLogsThroughSlf4j() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CORE);
  }

  @Test
  void eventsKnowNothingOfWhoMakesThem() {
    classes()
        .that()
        .resideInAPackage("org.roundel.core.event..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify.annotations..",
            "org.roundel.api..",
            "org.roundel.core.config..",
            "org.roundel.core.event..")
        .check(CORE);
  }

  @Test
  void metricsSeeOnlyEvents() {
    noClasses()
        .that()
        .resideInAPackage("org.roundel.core.metrics..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.roundel.core..")
                .and(
                    resideOutsideOfPackages(
                        "org.roundel.core.metrics..",
                        "org.roundel.core.event..",
                        "org.roundel.core.config..")))
        .check(CORE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.roundel.(**)").should().beFreeOfCycles().check(CORE);
  }

  /**
   * Defaults and what plugins share are the distribution's matter. (That {@code cosine}, {@code
   * uniform} and {@code ternary} are words too is why they are not looked for.)
   */
  @Test
  void namesNoPluginAndNoToolkit() throws IOException {
    Pattern names =
        Pattern.compile(
            "dl4j|deeplearning4j|onednn|dnnl|mkldnn|resnet|\\bvgg|\\bwrn|binary-?(connect|relax|weight)"
                + "|(deterministic|stochastic)-?rounding|full-?precision|dorefa|swalp|prox-?quant"
                + "|\\blsq|\\badam|\\bsgd|nesterov|cifar|mnist|svhn",
            Pattern.CASE_INSENSITIVE);
    List<String> found = new ArrayList<>();
    int files = 0;
    try (Stream<Path> sources = Files.walk(Path.of("src", "main"))) {
      for (Path source : sources.filter(Files::isRegularFile).sorted().toList()) {
        files++;
        for (String line : Files.readAllLines(source)) {
          if (names.matcher(line).find()) {
            found.add(source.getFileName() + ": " + line.strip());
          }
        }
      }
    }
    assertThat(files).isGreaterThanOrEqualTo(LEAST_CLASSES);
    assertThat(found).isEmpty();
  }
}

package org.roundel.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.kit.schedule.LearningRateScheduleSubject;

/** The rules about factories accept a correct one and find each of these faults. */
class FactoryRulesTest {
  private static final Option<Double> SHARE = Option.real("share", 0.5, 0, 1, "part of the rate");

  /** Says what it is told to say. */
  private static class Factory implements LearningRateScheduleFactory {
    private final String name;
    private final String description;
    private final List<Option<?>> options;

    Factory(String name, String description, List<Option<?>> options) {
      this.name = name;
      this.description = description;
      this.options = options;
    }

    Factory(Option<?>... options) {
      this("under-test", "one line", List.of(options));
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String description() {
      return description;
    }

    @Override
    public List<Option<?>> options() {
      return options;
    }

    @Override
    public LearningRateSchedule create(Options values) {
      return (baseRate, position) -> baseRate;
    }
  }

  @Test
  void acceptsACorrectFactory() {
    for (String broken : TestedRules.broken(FactoryRules.all(), subject(new Factory(SHARE)))) {
      // A test's factory is in no services file.
      assertThat(broken).startsWith("a plugin in the services file offers it");
    }
  }

  @Test
  void findsANameThatNoFileCanHold() {
    assertThat(violation("the name has the form", new Factory("Under test", "one line", List.of())))
        .isEqualTo(
            "found the name 'Under test'; allowed: [a-z][a-z0-9-]{0,62}; with default options");
  }

  @Test
  void findsADescriptionThatIsNotOneLine() {
    for (String description : List.of("two\nlines", " ", "long".repeat(50))) {
      assertThat(
              violation(
                  "the description is one line", new Factory("under-test", description, List.of())))
          .contains("lines of " + description.length() + " characters");
    }
  }

  @Test
  void findsOptionsDeclaredTwiceOrWithoutHelp() {
    String rule = "every option has one name and one line of help";
    assertThat(violation(rule, new Factory(SHARE, SHARE))).contains("two options named 'share'");
    assertThat(violation(rule, new Factory(Option.flag("silent", true, " "))))
        .contains("help of option 'silent'");
  }

  @Test
  void findsOptionsThatAreNewObjectsEachTime() {
    assertThat(
            violation(
                "the factory always says the same",
                new Factory() {
                  @Override
                  public List<Option<?>> options() {
                    return List.of(Option.flag("fresh", true, "a new object each time"));
                  }
                }))
        .contains("options() returning [fresh] and then another");
  }

  @Test
  void findsAFactoryThatNoPluginOffers() {
    assertThat(violation("a plugin in the services file offers it", new Factory()))
        .contains("offered by no plugin");
  }

  @Test
  void findsDefaultsThatCreateNothing() {
    assertThat(
            violation(
                "the defaults create a component",
                new Factory() {
                  @Override
                  public LearningRateSchedule create(Options values) {
                    throw new InvalidInputException("give more");
                  }
                }))
        .contains("InvalidInputException: give more");
  }

  @Test
  void findsAnOptionThatFailsAtTheEdgeOfItsRange() {
    List<String> tried = new ArrayList<>();
    Factory faulty =
        new Factory(SHARE) {
          @Override
          public LearningRateSchedule create(Options values) {
            double share = values.get(SHARE);
            tried.add(share + "");
            if (share == 1) {
              throw new ArithmeticException("one half of nothing");
            }
            return (baseRate, position) -> baseRate * share;
          }
        };
    assertThat(violation("options work at the edges of their ranges", faulty))
        .isEqualTo(
            "found that the component threw java.lang.ArithmeticException: one half of nothing;"
                + " with option 'share' at '1'; with default options");
    assertThat(tried).containsExactly("0.0", "1.0");
  }

  @Test
  void findsAnOptionThatGivesNoNumbersAtTheEdgeOfItsRange() {
    Factory faulty =
        new Factory(SHARE) {
          @Override
          public LearningRateSchedule create(Options values) {
            return (baseRate, position) -> baseRate / values.get(SHARE);
          }
        };
    assertThat(violation("options work at the edges of their ranges", faulty))
        .contains("the rate Infinity", "option 'share' at '0'");
  }

  @Test
  void acceptsARefusalOnlyWithAMessage() {
    assertThat(TestedRules.broken(FactoryRules.all(), subject(refusing("share 0 needs more"))))
        .hasSize(1);
    assertThat(violation("options work at the edges of their ranges", refusing(" ")))
        .contains("without a message", "option 'share' at '0'");
  }

  private static Factory refusing(String message) {
    return new Factory(SHARE) {
      @Override
      public LearningRateSchedule create(Options values) {
        if (values.get(SHARE) == 0) {
          throw new InvalidInputException(message);
        }
        return super.create(values);
      }
    };
  }

  private static String violation(String rule, Factory factory) {
    return TestedRules.violation(FactoryRules.all(), rule, subject(factory));
  }

  private static LearningRateScheduleSubject subject(Factory factory) {
    return new LearningRateScheduleSubject(factory, Map.of());
  }
}

package org.roundel.kit.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.roundel.api.ComponentFactory;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;

/** What holds for a component of every kind: its name, its help, its options, its plugin. */
public final class FactoryRules {
  /** The name of the rule that a factory made only for a test cannot keep. */
  public static final String OFFERED = "a plugin in the services file offers it";

  private static final int LONGEST_LINE = 160;

  private FactoryRules() {}

  /** Returns all rules. */
  public static <S extends Subject> List<Rule<S>> all() {
    List<Rule<S>> all = new ArrayList<>(FactoryRules.<S>aboutWords());
    all.addAll(FactoryRules.<S>aboutCreating());
    return all;
  }

  /** Returns the rules about what a factory says. */
  public static <S extends Subject> List<Rule<S>> aboutWords() {
    return List.of(
        Rule.of("the name has the form", FactoryRules::name),
        Rule.of("the description is one line", FactoryRules::description),
        Rule.of("every option has one name and one line of help", FactoryRules::help),
        Rule.of("the factory always says the same", FactoryRules::sameAnswers),
        Rule.of(OFFERED, FactoryRules::offered));
  }

  /** Returns the rules about what a factory makes. */
  public static <S extends Subject> List<Rule<S>> aboutCreating() {
    return List.of(
        Rule.of("the defaults create a component", subject -> subject.tryOut(subject.options())),
        Rule.of("options work at the edges of their ranges", FactoryRules::edges));
  }

  private static void name(Subject subject) {
    String name = subject.factory().name();
    if (!name.matches(ComponentFactory.NAME_PATTERN)) {
      throw RuleViolation.of("the name '" + name + "'", ComponentFactory.NAME_PATTERN);
    }
  }

  private static void description(Subject subject) {
    requireOneLine("the description", subject.factory().description());
  }

  private static void help(Subject subject) {
    Set<String> names = new HashSet<>();
    for (Option<?> option : subject.declaredOptions()) {
      if (!names.add(option.name())) {
        throw RuleViolation.of("two options named '" + option + "'", "a name of its own for each");
      }
      requireOneLine("the help of option '" + option + "'", option.help());
    }
  }

  private static void requireOneLine(String what, String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.lines().count() > 1 || text.length() > LONGEST_LINE) {
      throw RuleViolation.of(
          what + " with " + stripped.lines().count() + " lines of " + text.length() + " characters",
          "one line of 1 to " + LONGEST_LINE + " characters");
    }
  }

  private static void sameAnswers(Subject subject) {
    ComponentFactory factory = subject.factory();
    requireEqual("name", factory.name(), factory.name());
    requireEqual("description", factory.description(), factory.description());
    requireEqual("options", factory.options(), factory.options());
    requireEqual("nameOptions", factory.nameOptions(), factory.nameOptions());
  }

  private static void requireEqual(String method, Object first, Object second) {
    if (!first.equals(second)) {
      throw RuleViolation.of(
          method + "() returning " + first + " and then another, " + second,
          "the same value, the same Option objects");
    }
  }

  private static void offered(Subject subject) {
    ComponentFactory factory = subject.factory();
    List<String> offered = new ArrayList<>();
    // The context's class loader is the plugin's; a factory's own may be that of a toolkit.
    for (RoundelPlugin plugin : ServiceLoader.load(RoundelPlugin.class)) {
      for (ComponentFactory other : offeredBy(plugin)) {
        if (other.getClass() == factory.getClass() && other.name().equals(factory.name())) {
          offered.add(plugin.getClass().getName());
        }
      }
    }
    if (offered.size() != 1) {
      throw RuleViolation.of(
          factory.getClass().getName()
              + " named '"
              + factory.name()
              + "' offered by "
              + (offered.isEmpty() ? "no plugin" : offered.toString()),
          "exactly one of the plugins in META-INF/services/" + RoundelPlugin.class.getName());
    }
  }

  private static List<ComponentFactory> offeredBy(RoundelPlugin plugin) {
    List<ComponentFactory> all = new ArrayList<>(plugin.quantizers());
    all.addAll(plugin.optimizers());
    all.addAll(plugin.schedules());
    all.addAll(plugin.models());
    all.addAll(plugin.datasets());
    all.addAll(plugin.exporters());
    all.addAll(plugin.inferences());
    return all;
  }

  /** Every option takes the values at its edges alone, or refuses them with a message. */
  private static void edges(Subject subject) {
    for (Option<?> option : subject.triedOptions()) {
      if (subject.values().containsKey(option.name())) {
        // Whoever gave it a value knows that the others take too long, or too much memory.
        continue;
      }
      for (String edge : option.edgeValues()) {
        Map<String, String> values = new HashMap<>(subject.values());
        values.put(option.name(), edge);
        String input = "option '" + option.name() + "' at '" + edge + "'";
        try {
          subject.tryOut(Options.of(subject.declaredOptions(), values));
        } catch (InvalidInputException refused) {
          requireMessage(refused, input);
        } catch (RuleViolation violation) {
          throw violation.with(input);
        } catch (Exception | LinkageError | StackOverflowError thrown) {
          throw RuleViolation.thrown(thrown, "the component").with(input);
        }
      }
    }
  }

  private static void requireMessage(InvalidInputException refused, String input) {
    String message = refused.getMessage();
    if (message == null || message.isBlank()) {
      throw RuleViolation.of(
              "an InvalidInputException without a message", "a message that says what to do")
          .with(input);
    }
  }
}

package org.roundel.core.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.text.FuzzyMatcher;

/** Words the answer to a name that no plugin offers. */
final class UnknownComponent {
  private static final Pattern MEMBER = Pattern.compile("(.*?)((?:-[0-9]+)+)");

  /** Shorter words occur in too many names to mean anything. */
  private static final int SHORTEST_CLUE = 3;

  private UnknownComponent() {}

  static RoundelException of(
      ComponentKind kind,
      String wanted,
      List<ComponentDescriptor> selectable,
      List<PluginFailure> failures) {
    List<ComponentDescriptor> ofKind = new ArrayList<>();
    for (ComponentDescriptor component : selectable) {
      if (component.kind() == kind) {
        ofKind.add(component);
      }
    }
    StringBuilder message = new StringBuilder("there is no " + kind + " '" + wanted + "'");
    message.append(clue(kind, wanted, selectable, ofKind));
    message.append("\n  ").append(inventory(ofKind));
    boolean explained = false;
    int others = 0;
    for (PluginFailure failure : failures) {
      if (hintsAt(failure, wanted)) {
        message.append("\n  not loaded: ").append(failure.message());
        explained = true;
      } else {
        others++;
      }
    }
    if (!explained && others > 0) {
      message.append("\n  not loaded, so their names are unknown:");
      failures.stream()
          .map(failure -> failure.location().toString())
          .distinct()
          .forEach(location -> message.append("\n    ").append(location));
    }
    return new RoundelException(
        explained ? ErrorKind.PLUGIN : ErrorKind.CONFIGURATION, message.toString());
  }

  /** Says what the user may have meant, or nothing. */
  private static String clue(
      ComponentKind kind,
      String wanted,
      List<ComponentDescriptor> selectable,
      List<ComponentDescriptor> ofKind) {
    for (ComponentDescriptor component : selectable) {
      if (component.name().equals(wanted) && component.kind() == kind) {
        return "; it is a family: write "
            + component.displayName()
            + " with numbers, for instance "
            + component.exampleName();
      }
      if (component.name().equals(wanted)) {
        return "; that is the name of a component of kind " + component.kind();
      }
    }
    return FuzzyMatcher.suggestion(wanted, candidates(wanted, ofKind));
  }

  private static String inventory(List<ComponentDescriptor> ofKind) {
    if (ofKind.isEmpty()) {
      return "no loaded plugin offers one; put a plugin's JAR into the plugins directory";
    }
    List<String> names = new ArrayList<>();
    for (ComponentDescriptor component : ofKind) {
      names.add(component.displayName());
    }
    return "there is: " + String.join(", ", names);
  }

  /** A member's name is compared with each family's name under the same numbers. */
  private static List<String> candidates(String wanted, List<ComponentDescriptor> ofKind) {
    Matcher member = MEMBER.matcher(wanted);
    String numbers = member.matches() ? member.group(2) : "";
    int count = (int) numbers.chars().filter(character -> character == '-').count();
    List<String> candidates = new ArrayList<>();
    for (ComponentDescriptor component : ofKind) {
      if (!component.isFamily()) {
        candidates.add(component.name());
      } else if (component.nameOptions().size() == count) {
        candidates.add(component.name() + numbers);
      } else {
        candidates.add(component.exampleName());
      }
    }
    return candidates;
  }

  /** Returns whether the names of the broken plugin's file or class suggest that it has it. */
  private static boolean hintsAt(PluginFailure failure, String wanted) {
    if (wanted.equals(failure.component())) {
      return true;
    }
    if (failure.component() != null) {
      return false;
    }
    Matcher member = MEMBER.matcher(wanted.toLowerCase(Locale.ROOT));
    String base = member.matches() ? member.group(1) : wanted.toLowerCase(Locale.ROOT);
    if (related(base, fileClue(failure))) {
      return true;
    }
    return failure.className() != null && related(base, classClue(failure.className()));
  }

  private static boolean related(String wanted, String clue) {
    return wanted.length() >= SHORTEST_CLUE
        && clue.length() >= SHORTEST_CLUE
        && (clue.contains(wanted) || wanted.contains(clue));
  }

  /** {@code roundel-stochastic-rounding-0.1.0.jar} is about stochastic-rounding. */
  private static String fileClue(PluginFailure failure) {
    return PluginFiles.pluginName(failure.location())
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^roundel-", "")
        .replaceFirst("-[0-9]+(\\.[0-9]+)+.*$", "");
  }

  /** {@code org.example.StochasticRoundingPlugin} is about stochastic-rounding. */
  private static String classClue(String className) {
    return className
        .substring(className.lastIndexOf('.') + 1)
        .replaceFirst("(Plugin|Factory)$", "")
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}

package org.roundel.core.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.roundel.api.MessageText;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.failure.PluginFailure;
import org.roundel.core.text.FuzzyMatcher;

/** Words the answer to a name that no plugin offers. */
final class UnknownComponent {
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
    StringBuilder message =
        new StringBuilder("there is no " + kind + " " + MessageText.quoted(wanted));
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
        return String.format(
            Locale.ROOT,
            "; it is a family: write %s with numbers, for instance %s",
            component.displayName(),
            component.exampleName());
      }
      if (component.name().equals(wanted)) {
        return "; that is the name of a component of kind " + component.kind();
      }
    }
    return FuzzyMatcher.suggestion(wanted, names(wanted, ofKind));
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

  /**
   * Returns names that can be selected and that a wanted one is to be compared with: of a family
   * the member with the wanted one's numbers, or the usual one if there is no such member.
   */
  static List<String> names(String wanted, List<ComponentDescriptor> components) {
    String numbers = wanted.substring(startOfNumbers(wanted));
    List<String> names = new ArrayList<>();
    for (ComponentDescriptor component : components) {
      String member = component.name() + numbers;
      if (!component.isFamily()) {
        names.add(component.name());
      } else if (ComponentIndex.hasMember(component, member)) {
        names.add(member);
      } else {
        names.add(component.exampleName());
      }
    }
    return names;
  }

  /** Returns where the {@code -28-10} of a name like {@code net-28-10} begins. */
  private static int startOfNumbers(String name) {
    int start = name.length();
    int index = start - 1;
    while (index > 0 && isDigit(name.charAt(index))) {
      while (index > 0 && isDigit(name.charAt(index))) {
        index--;
      }
      if (name.charAt(index) != '-') {
        return start;
      }
      start = index;
      index--;
    }
    return start;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  /** Returns whether the names of the broken plugin's file or class suggest that it has it. */
  private static boolean hintsAt(PluginFailure failure, String wanted) {
    if (wanted.equals(failure.component())) {
      return true;
    }
    if (failure.component() != null) {
      return false;
    }
    String base = wanted.substring(0, startOfNumbers(wanted)).toLowerCase(Locale.ROOT);
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

  /** {@code roundel-some-method-0.1.0.jar} is about some-method. */
  private static String fileClue(PluginFailure failure) {
    Path file = failure.location().getFileName();
    return (file == null ? "" : file.toString())
        .toLowerCase(Locale.ROOT)
        .replaceFirst("\\.jar$", "")
        .replaceFirst("^roundel-", "")
        .replaceFirst("-[0-9]+(\\.[0-9]+)+.*$", "");
  }

  /** {@code org.example.SomeMethodPlugin} is about some-method. */
  private static String classClue(String className) {
    return className
        .substring(className.lastIndexOf('.') + 1)
        .replaceFirst("(Plugin|Factory)$", "")
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}

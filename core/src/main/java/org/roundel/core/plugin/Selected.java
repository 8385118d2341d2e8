package org.roundel.core.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roundel.api.ComponentFactory;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MessageText;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.failure.EnvironmentFault;
import org.roundel.core.plugin.failure.Explanation;
import org.roundel.core.text.FuzzyMatcher;

/**
 * A component that a user selected by name.
 *
 * @param name the full name, as in {@code net-56}
 * @param component what is known about it
 * @param factory what makes it
 * @param nameValues the values of the name options, as text by option name: {@code depth} is {@code
 *     56}
 * @param classLoader the plugin's class loader
 * @param <F> the kind of factory
 */
public record Selected<F extends ComponentFactory>(
    String name,
    ComponentDescriptor component,
    F factory,
    Map<String, String> nameValues,
    ClassLoader classLoader) {
  /** Copies the values. */
  public Selected {
    nameValues = Map.copyOf(nameValues);
  }

  /** Returns the component's kind. */
  public ComponentKind kind() {
    return component.kind();
  }

  /** Returns the plugin that offers it. */
  public PluginDescriptor plugin() {
    return component.plugin();
  }

  /** Returns the option of this name that the component declares, or null. */
  public @Nullable Option<?> option(String wanted) {
    for (Option<?> option : component.options()) {
      if (option.name().equals(wanted)) {
        return option;
      }
    }
    return null;
  }

  /**
   * Checks option values.
   *
   * @param given values by option name, as the user wrote them
   * @return everything that is wrong, each complete for the user and beginning with {@code
   *     kind.option:}; empty if all is well
   */
  public List<String> problems(Map<String, String> given) {
    List<String> problems = new ArrayList<>();
    given.forEach((option, value) -> problem(option, value).ifPresent(problems::add));
    return problems;
  }

  /** Returns what is wrong with one option's value, as {@link #problems} does. */
  public Optional<String> problem(String option, String value) {
    String where = kind() + "." + MessageText.bounded(option) + ": ";
    for (Option<?> declared : component.options()) {
      if (declared.name().equals(option)) {
        try {
          declared.parse(value);
          return Optional.empty();
        } catch (InvalidInputException invalid) {
          return Optional.of(where + invalid.getMessage());
        }
      }
    }
    return Optional.of(where + unknownOption(option));
  }

  private String unknownOption(String option) {
    List<String> declared = component.options().stream().<String>map(Option::name).toList();
    for (Option<Integer> inName : component.nameOptions()) {
      if (inName.name().equals(option)) {
        return "this is part of the name; select " + component.displayName() + " instead";
      }
    }
    if (declared.isEmpty()) {
      return name + " has no options";
    }
    String suggestion =
        FuzzyMatcher.nearest(option, declared)
            .map(nearest -> "; did you mean '" + kind() + "." + nearest + "'?")
            .orElse("");
    return name
        + " has no such option"
        + FuzzyMatcher.withAllowed(suggestion, String.join(", ", declared));
  }

  /**
   * Returns the values of all declared options, those in the name included.
   *
   * @param given values by option name, as the user wrote them
   * @throws RoundelException of kind CONFIGURATION with all {@link #problems}
   */
  public Options options(Map<String, String> given) {
    List<String> problems = problems(given);
    if (!problems.isEmpty()) {
      throw new RoundelException(ErrorKind.CONFIGURATION, String.join("\n", problems));
    }
    List<Option<?>> declared = new ArrayList<>(component.options());
    declared.addAll(component.nameOptions());
    Map<String, String> values = new LinkedHashMap<>(given);
    values.putAll(nameValues);
    return Options.of(declared, values);
  }

  /**
   * Creates the component: {@code selected.create(factory -> factory.create(options))}.
   *
   * @throws RoundelException as {@link #call} does
   */
  public <T> T create(PluginCall<F, T> call) {
    return call("could not be created", call);
  }

  /**
   * Calls plugin code with the plugin's class loader as the thread's context class loader.
   *
   * @param failed what to say if it fails, as in {@code could not be created}
   * @param call what to do with the factory; it must not return null
   * @throws RoundelException of kind CONFIGURATION if the plugin says that the input is invalid or
   *     cannot be read, of kind PLUGIN if the plugin fails in any other way
   */
  public <T> T call(String failed, PluginCall<F, T> call) {
    T result;
    ThreadContextClassLoader context = ThreadContextClassLoader.of(classLoader);
    try (context) {
      result = call.apply(factory);
    } catch (Throwable thrown) {
      throw failure(failed, thrown);
    }
    if (result == null) {
      throw new RoundelException(
          ErrorKind.PLUGIN,
          where() + failed + ": it returned null. This is a fault of the plugin: tell its author.");
    }
    return result;
  }

  /**
   * Explains what a call of the component, or of what it created, threw.
   *
   * @param failed what to say of it, as in {@code could not be created}
   * @param thrown an exhausted or broken JVM is nobody's failure: that is thrown again
   * @return {@code thrown} itself if it is a RoundelException; of kind CONFIGURATION if the plugin
   *     says that the input is invalid or cannot be read, of kind PLUGIN if the plugin is at fault
   */
  public RoundelException failure(String failed, Throwable thrown) {
    if (thrown instanceof RoundelException known) {
      return known;
    }
    if (thrown instanceof InvalidInputException invalid) {
      return new RoundelException(
          ErrorKind.CONFIGURATION, String.valueOf(invalid.getMessage()), invalid);
    }
    VirtualMachineError exhaustion = Explanation.exhaustion(thrown);
    if (exhaustion != null) {
      throw exhaustion;
    }
    Explanation environment = EnvironmentFault.in(thrown);
    if (environment != null) {
      return new RoundelException(
          ErrorKind.CONFIGURATION,
          kind()
              + " '"
              + name
              + "' "
              + failed
              + ": "
              + environment.reason()
              + ". "
              + environment.hint(),
          thrown);
    }
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    Explanation explanation = Explanation.of(thrown);
    return new RoundelException(
        ErrorKind.PLUGIN,
        where() + failed + ": " + explanation.reason() + ". " + explanation.hint(),
        thrown);
  }

  private String where() {
    return plugin().location() + ": " + kind() + " '" + name + "' ";
  }
}

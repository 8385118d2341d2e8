package org.roundel.kit.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roundel.api.ComponentFactory;
import org.roundel.api.Option;
import org.roundel.api.Options;

/** A component under test: its factory, and the option values that it is made with. */
public interface Subject {
  /** Returns the factory. */
  ComponentFactory factory();

  /** Returns the values of options and name options that differ from the default, by name. */
  Map<String, String> values();

  /**
   * Makes the component with other options, lets it do a little work, checks that it gives finite
   * numbers, and closes it.
   *
   * @param options values of the declared options and name options
   * @throws RuleViolation if it gives others
   * @throws Exception what the component throws
   */
  void tryOut(Options options) throws Exception;

  /** Returns the options that are tried at the edges of their ranges; the default is all. */
  default List<Option<?>> triedOptions() {
    return declaredOptions();
  }

  /** Returns the options and name options that the factory declares. */
  default List<Option<?>> declaredOptions() {
    List<Option<?>> all = new ArrayList<>(factory().nameOptions());
    all.addAll(factory().options());
    return all;
  }

  /** Returns the options that the component is made with. */
  default Options options() {
    return Options.of(declaredOptions(), values());
  }

  /** Returns the option values in words. */
  default String optionsText() {
    return text(values());
  }

  /** Returns option values in words. */
  static String text(Map<String, String> values) {
    if (values.isEmpty()) {
      return "default options";
    }
    List<String> texts = new ArrayList<>();
    new TreeMap<>(values).forEach((name, value) -> texts.add(name + "=" + value));
    return String.join(" ", texts);
  }
}

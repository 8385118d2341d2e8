package org.roundel.api;

import java.util.List;

/**
 * What every kind of component has: a name to select it by, one line of help, and the options it
 * declares.
 *
 * <p>A factory holds no state and costs nothing to make. All its methods may be called from any
 * thread, and always return the same value. The {@code create} method of each kind is the first
 * place where native code, files or sockets may be touched.
 */
public interface ComponentFactory {
  /**
   * The form of a component's name: lower-case letters, digits and dashes, starting with a letter,
   * at most 63 characters. Names are written into checkpoints, so a published name is a promise.
   */
  String NAME_PATTERN = "[a-z][a-z0-9-]{0,62}";

  /**
   * Returns the name, unique among the components of its kind; it matches {@link #NAME_PATTERN}.
   */
  String name();

  /** Returns one line of help that says what the component is and when to use it. */
  String description();

  /**
   * Returns the options that {@code create} reads, in the order in which they are shown. Their
   * names are unique.
   */
  default List<Option<?>> options() {
    return List.of();
  }

  /**
   * Returns the whole-number options that are written into the name, in order; most components have
   * none.
   *
   * <p>A factory named {@code resnet} with the name option {@code depth} is a family: a user
   * selects a member as {@code resnet-56}, and {@code create} reads 56 from its options. A
   * component with a name of its own is preferred to a member of a family. Name options are not
   * repeated in {@link #options()}.
   */
  default List<Option<Integer>> nameOptions() {
    return List.of();
  }
}

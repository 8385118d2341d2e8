package org.roundel.core.rate;

import java.util.List;

/** Is told how a range test gets on. */
public interface RateListener {
  /**
   * The net is made, and its first update comes.
   *
   * @param notices what the user should know of images and first weights, one line each
   */
  void started(List<String> notices);

  /** An update was made. */
  default void updated(RatePoint point) {}
}

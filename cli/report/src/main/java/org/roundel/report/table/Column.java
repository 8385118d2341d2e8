package org.roundel.report.table;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A column of a {@link Table}: what it is called and what a row has in it, in each place where a
 * table goes. Immutable.
 *
 * @param <R> what a row is about
 */
public final class Column<R> {
  /** Where a table goes. */
  enum Place {
    TERMINAL,
    PAGE,
    DATA
  }

  /**
   * What a column is in one place.
   *
   * @param different which rows' cells are marked, on a page
   * @param right whether the cells are aligned at the right, on a terminal
   */
  record View<R>(
      String heading,
      Function<? super R, ? extends @Nullable Object> value,
      Predicate<? super R> different,
      boolean right) {
    View(String heading, Function<? super R, ? extends @Nullable Object> value) {
      this(heading, value, row -> false, false);
    }
  }

  private final Map<Place, View<R>> views;
  private final boolean compares;

  private Column(Map<Place, View<R>> views, boolean compares) {
    this.views = views;
    this.compares = compares;
  }

  private static <R> Column<R> in(Place place, View<R> view) {
    return new Column<>(new EnumMap<>(Map.of(place, view)), false);
  }

  private Column<R> and(Place place, View<R> view) {
    Map<Place, View<R>> more = new EnumMap<>(views);
    more.put(place, view);
    return new Column<>(more, compares);
  }

  /** Returns a column for people: on a page and on a terminal. */
  public static <R> Column<R> of(String heading, Function<? super R, String> text) {
    View<R> view = new View<>(heading, text);
    return in(Place.PAGE, view).and(Place.TERMINAL, view);
  }

  /** Returns a column that a terminal has no room for. */
  public static <R> Column<R> page(String heading, Function<? super R, String> text) {
    return in(Place.PAGE, new View<>(heading, text));
  }

  /**
   * Returns a column that only a file has.
   *
   * @param value written so that reading gives the same number; null and NaN are written as nothing
   */
  public static <R> Column<R> data(
      String name, Function<? super R, ? extends @Nullable Object> value) {
    return in(Place.DATA, new View<>(name, value));
  }

  /** Returns a column that only a terminal has. */
  public static <R> Column<R> terminal(String heading, Function<? super R, String> text) {
    return in(Place.TERMINAL, new View<>(heading, text));
  }

  /** Returns a column that only a terminal has, aligned at the right: numbers of one unit. */
  public static <R> Column<R> numbersOnTerminal(String heading, Function<? super R, String> text) {
    return in(Place.TERMINAL, new View<>(heading, text, row -> false, true));
  }

  /** Returns this column with another heading and other words on a terminal. */
  public Column<R> onTerminal(String heading, Function<? super R, String> text) {
    return and(Place.TERMINAL, new View<>(heading, text));
  }

  /** Returns this column under another heading on a terminal. */
  public Column<R> onTerminal(String heading) {
    View<R> view = view(Place.PAGE).orElseThrow();
    return and(Place.TERMINAL, new View<>(heading, view.value()));
  }

  /** Returns this column in a file too, as {@link #data} has it. */
  public Column<R> inData(String name, Function<? super R, ? extends @Nullable Object> value) {
    return and(Place.DATA, new View<>(name, value));
  }

  /** Returns this column with the cells of some rows marked as different, on a page. */
  public Column<R> marking(Predicate<? super R> different) {
    View<R> view = view(Place.PAGE).orElseThrow();
    View<R> marking = new View<>(view.heading(), view.value(), different, view.right());
    return new Column<>(and(Place.PAGE, marking).views, true);
  }

  Optional<View<R>> view(Place place) {
    return Optional.ofNullable(views.get(place));
  }

  /** Returns whether it marks cells. */
  boolean compares() {
    return compares;
  }
}

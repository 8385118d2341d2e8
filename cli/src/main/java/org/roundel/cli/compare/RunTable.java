package org.roundel.cli.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ship.PackedSize;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;

/**
 * Every run in a row: its results, and in a file the settings that are not the same in all runs.
 */
final class RunTable {
  private static final int LONGEST_NAME = 24;

  private RunTable() {}

  /**
   * Returns the table. Its shares are in [0, 1] in a file, and an empty setting is one that is at
   * its default.
   */
  static Table<NamedRun> of(List<NamedRun> runs, List<String> settings, RunSizes sizes) {
    UnaryOperator<String> shortening = shortening(runs.stream().map(NamedRun::name).toList());
    List<Column<NamedRun>> columns = new ArrayList<>();
    columns.add(
        Column.of("run", NamedRun::name)
            .onTerminal("run", run -> shortening.apply(run.name()))
            .inData("run", NamedRun::name));
    columns.add(Column.data("directory", run -> run.path().toAbsolutePath().normalize()));
    columns.add(Column.of("state", NamedRun::state).inData("state", NamedRun::state));
    columns.add(
        Column.<NamedRun>of("epochs", run -> run.epochs().size() + "/" + run.planned())
            .inData("epochs", run -> run.epochs().size()));
    columns.add(Column.data("epochs_planned", NamedRun::planned));
    List<Images> kinds = Images.of(runs);
    for (Images images : kinds) {
      columns.add(
          Column.<NamedRun>of("best " + images + " error", run -> percent(run, images, run.best()))
              .onTerminal(kinds.size() == 1 ? "best error" : "best " + images)
              .inData(
                  "best_" + images + "_error",
                  run -> run.images() == images ? of(run.best(), RunEpoch::testError) : null));
    }
    columns.add(
        Column.<NamedRun>of("at epoch", run -> text(of(run.best(), RunEpoch::epoch)))
            .onTerminal("at")
            .inData("best_epoch", run -> of(run.best(), RunEpoch::epoch)));
    for (Images images : kinds) {
      columns.add(
          Column.<NamedRun>of("last " + images + " error", run -> percent(run, images, run.last()))
              .onTerminal(kinds.size() == 1 ? "last error" : "last " + images)
              .inData(
                  "last_" + images + "_error",
                  run -> run.images() == images ? of(run.last(), RunEpoch::testError) : null));
    }
    if (kinds.contains(Images.VALIDATION)) {
      columns.add(
          Column.<NamedRun>of("test error of the best", RunTable::tested)
              .onTerminal("test")
              .inData("test_error", run -> run.test() == null ? null : run.test().test().error()));
    }
    columns.add(
        Column.<NamedRun>page("numbers", run -> size(sizes.of(run), PackedSize::numbers))
            .inData("numbers", run -> of(sizes.of(run), PackedSize::numbers)));
    columns.add(
        Column.<NamedRun>page("packed bytes", run -> size(sizes.of(run), PackedSize::bytes))
            .inData("packed_bytes", run -> of(sizes.of(run), PackedSize::bytes)));
    for (String setting : settings) {
      columns.add(Column.data(setting, run -> run.configuration().resolved().get(setting)));
    }
    return new Table<>(columns, runs);
  }

  private static <S, T> @Nullable T of(@Nullable S source, Function<S, T> value) {
    return source == null ? null : value.apply(source);
  }

  private static String size(@Nullable PackedSize size, Function<PackedSize, Long> value) {
    return size == null ? "-" : Texts.count(value.apply(size));
  }

  private static String percent(NamedRun run, Images images, @Nullable RunEpoch epoch) {
    return run.images() != images || epoch == null ? "-" : Texts.percent(epoch.testError());
  }

  private static String tested(NamedRun run) {
    return run.test() == null ? "-" : Texts.percent(run.test().test().error());
  }

  private static String text(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }

  /**
   * Returns how names are shown where lines have 80 columns: by the ends of long ones, if those
   * tell them apart.
   */
  static UnaryOperator<String> shortening(Collection<String> names) {
    Set<String> ends = new HashSet<>();
    names.forEach(name -> ends.add(end(name)));
    return ends.size() == names.size() ? RunTable::end : UnaryOperator.identity();
  }

  private static String end(String name) {
    return name.length() <= LONGEST_NAME
        ? name
        : "…" + name.substring(name.length() - LONGEST_NAME + 1);
  }
}

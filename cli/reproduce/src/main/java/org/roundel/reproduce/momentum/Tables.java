package org.roundel.reproduce.momentum;

import static org.roundel.reproduce.experiment.Numbers.threeDigits;

import java.util.List;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.reproduce.experiment.Numbers;

/** The numbers of {@link MomentumExperiment}. */
final class Tables {
  private Tables() {}

  /** Returns the floor by rate and momentum. */
  static Table<Point> momentum(Results results) {
    return new Table<>(
        List.of(
            Column.<Point>of("rate", point -> Numbers.plain(point.settings().rate()))
                .inData("rate", point -> point.settings().rate()),
            Column.<Point>of("β", point -> Numbers.plain(point.settings().momentum()))
                .onTerminal("beta")
                .inData("momentum", point -> point.settings().momentum()),
            Column.<Point>of("acts as batch", point -> threeDigits(point.settings().batchFactor()))
                .onTerminal("batch")
                .inData("batch_factor", point -> point.settings().batchFactor()),
            Column.<Point>of("exact", point -> Numbers.of(point.exact().meanSquare()))
                .inData("exact", point -> point.exact().meanSquare()),
            Column.<Point>of("simulated", point -> Numbers.of(point.simulated()))
                .inData("simulated", point -> point.simulated().mean()),
            Column.data("simulated_error", point -> point.simulated().error()),
            Column.<Point>of("of that batch", point -> Numbers.of(point.batch().meanSquare()))
                .onTerminal("as batch")
                .inData("batch_equivalent", point -> point.batch().meanSquare()),
            Column.<Point>of("closed form", point -> Numbers.of(point.normal().meanSquare()))
                .onTerminal("formula")
                .inData("closed_form", point -> point.normal().meanSquare()),
            Column.<Point>of("ρ", point -> threeDigits(point.exact().overshoot()))
                .onTerminal("rho")
                .inData("overshoot", point -> point.exact().overshoot()),
            Column.data("mean_update", point -> point.exact().meanUpdate()),
            Column.data("velocity_square", point -> point.exact().velocitySquare()),
            Column.data("balanced", point -> point.exact().balancedMeanSquare()),
            Column.<Point>page("moves per update", point -> threeDigits(point.moves()))
                .inData("moves_per_update", Point::moves)),
        results.points());
  }

  /** Returns the floor by batch. */
  static Table<BatchPoint> batches(Results results) {
    return new Table<>(
        List.of(
            Column.<BatchPoint>of("batch", Tables::batch).inData("batch", BatchPoint::batch),
            Column.<BatchPoint>of("noise", point -> Numbers.of(point.problem().noise()))
                .inData("noise", point -> point.problem().noise()),
            Column.<BatchPoint>of("exact", point -> Numbers.of(point.gradient().meanSquare()))
                .inData("exact", point -> point.gradient().meanSquare()),
            Column.<BatchPoint>of("simulated", point -> Numbers.of(point.simulated()))
                .inData("simulated", point -> point.simulated().mean()),
            Column.data("simulated_error", point -> point.simulated().error()),
            Column.<BatchPoint>of("closed form", point -> Numbers.of(point.normal().meanSquare()))
                .onTerminal("formula")
                .inData("closed_form", point -> point.normal().meanSquare()),
            Column.<BatchPoint>of("by signs", point -> Numbers.of(point.sign().meanSquare()))
                .inData("sign_exact", point -> point.sign().meanSquare()),
            Column.<BatchPoint>of("over gradients'", point -> threeDigits(point.signFactor()))
                .onTerminal("ratio"),
            Column.data("mean_update", point -> point.gradient().meanUpdate()),
            Column.data("sign_mean_update", point -> point.sign().meanUpdate())),
        results.batches());
  }

  private static String batch(BatchPoint point) {
    return Double.isInfinite(point.batch()) ? "no noise" : Numbers.plain(point.batch());
  }
}

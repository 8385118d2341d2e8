/**
 * The contract kit: what every component must do. A plugin's test extends the contract of its kind,
 * with JUnit Jupiter and an ND4J backend among its test dependencies: {@link
 * org.roundel.kit.QuantizerContract}, {@link org.roundel.kit.OptimizerContract}, {@link
 * org.roundel.kit.LearningRateScheduleContract}, {@link org.roundel.kit.ModelContract}, {@link
 * org.roundel.kit.DatasetContract}, {@link org.roundel.kit.ExporterContract}, {@link
 * org.roundel.kit.InferenceContract}.
 *
 * <p>The rules that the contracts run as tests lie in a room for each kind, such as {@code
 * org.roundel.kit.quantizer}, and need no JUnit: the program's command {@code roundel plugin check}
 * runs them on a JAR. The rooms of the kinds do not know each other, but that inferences run the
 * exporters' sample nets; all stand on {@code org.roundel.kit.probe}, and that on {@code
 * org.roundel.kit.rule}.
 */
@NullMarked
package org.roundel.kit;

import org.jspecify.annotations.NullMarked;

package org.roundel.cli.benchmark;

import org.jspecify.annotations.Nullable;

/**
 * How fast a net trains and runs.
 *
 * @param net what was measured
 * @param training updates: phases {@code data}, {@code quantize}, {@code gradients}, {@code update}
 * @param inference evaluation of batches: phases {@code data}, {@code forward}
 * @param memory of the whole process, after both
 * @param reading how fast images are read by themselves, null if that was not asked for
 * @param layers what a training step's time goes to, null if that was not asked for
 */
public record BenchmarkResult(
    BenchmarkedNet net,
    StepTimes training,
    StepTimes inference,
    ProcessMemory memory,
    @Nullable ReadingSpeed reading,
    @Nullable LayerProfile layers) {}

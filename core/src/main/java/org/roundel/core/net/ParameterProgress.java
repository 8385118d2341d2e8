package org.roundel.core.net;

import org.roundel.core.event.LayerStatistics;

/**
 * What is kept of a quantized parameter beside its arrays; its fields are a checkpoint's.
 *
 * @param moves moves made since the start of training
 * @param roundingError what the last measured update's rounding did, see {@link LayerStatistics}
 */
public record ParameterProgress(long moves, double roundingError) {}

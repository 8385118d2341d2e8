package org.roundel.bench;

/**
 * What all sides work on.
 *
 * @param net the net's name
 * @param method how its weights are quantized
 * @param images the batch
 * @param learningRate Adam's
 */
record Task(String net, Method method, Images images, double learningRate) {}

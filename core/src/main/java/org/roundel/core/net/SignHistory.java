package org.roundel.core.net;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The signs of one parameter's weights at the start of training and at the end of the last epochs,
 * one bit each, to tell which share of the weights has changed.
 *
 * <p>changed-since-start(e) = mean[sign(w^e) ≠ sign(w^0)]; changed-in-five(e) = mean[sign(w^e) ≠
 * sign(w^(e−5))], the start counting as epoch 0 (Li et al., 2017, figures on weight changes).
 * sign(0) = +1.
 */
final class SignHistory {
  /** How many epochs back {@link #changedInFiveEpochs} looks. */
  static final int SPAN = 5;

  private final int length;
  private byte[] start;
  private final Deque<byte[]> epochs = new ArrayDeque<>(SPAN + 1);

  /** Starts with the weights that training starts from. */
  SignHistory(FloatBuffer weights) {
    length = weights.capacity();
    start = signs(weights);
    epochs.add(start);
  }

  /** Takes the weights at the end of an epoch. */
  void endEpoch(FloatBuffer weights) {
    if (epochs.size() > SPAN) {
      epochs.removeFirst();
    }
    epochs.addLast(signs(weights));
  }

  /**
   * Returns the share of weights, in [0, 1], whose sign differs between the start and the last
   * epoch's end.
   */
  double changedSinceStart() {
    return difference(start, epochs.getLast());
  }

  /**
   * Returns the share of weights, in [0, 1], whose sign has changed in the last five epochs; null
   * before the fifth epoch's end.
   */
  @Nullable Double changedInFiveEpochs() {
    return epochs.size() > SPAN ? difference(epochs.getFirst(), epochs.getLast()) : null;
  }

  /**
   * Returns the records to save: the start's signs, then the kept epochs' from the oldest on;
   * {@link #bytesEach} bytes each.
   */
  byte[] toBytes() {
    byte[] bytes = new byte[bytesEach() * (1 + epochs.size())];
    System.arraycopy(start, 0, bytes, 0, start.length);
    int position = start.length;
    for (byte[] signs : epochs) {
      System.arraycopy(signs, 0, bytes, position, signs.length);
      position += signs.length;
    }
    return bytes;
  }

  /**
   * Goes back to saved records.
   *
   * @param bytes what {@link #toBytes} returned
   * @throws IllegalArgumentException if the length fits no such record
   */
  void restore(byte[] bytes) {
    int records = bytes.length / Math.max(bytesEach(), 1);
    if (bytes.length != records * bytesEach() || records < 2 || records > SPAN + 2) {
      throw new IllegalArgumentException(
          bytes.length
              + " bytes; allowed: 2 to "
              + (SPAN + 2)
              + " records of "
              + bytesEach()
              + " bytes");
    }
    start = record(bytes, 0);
    epochs.clear();
    for (int record = 1; record < records; record++) {
      epochs.addLast(record(bytes, record));
    }
  }

  private byte[] record(byte[] bytes, int record) {
    byte[] signs = new byte[bytesEach()];
    System.arraycopy(bytes, record * bytesEach(), signs, 0, signs.length);
    return signs;
  }

  private int bytesEach() {
    return (length + 7) / 8;
  }

  private byte[] signs(FloatBuffer weights) {
    byte[] signs = new byte[bytesEach()];
    for (int index = 0; index < length; index++) {
      if (weights.get(index) >= 0) {
        signs[index >> 3] |= (byte) (1 << (index & 7));
      }
    }
    return signs;
  }

  private double difference(byte[] first, byte[] second) {
    int different = 0;
    for (int index = 0; index < first.length; index++) {
      different += Integer.bitCount((first[index] ^ second[index]) & 0xFF);
    }
    return (double) different / length;
  }
}

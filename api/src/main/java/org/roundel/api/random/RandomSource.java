package org.roundel.api.random;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.roundel.api.MessageText;

/**
 * Random numbers that are a function of (seed, purpose, step, tensor, element).
 *
 * <p>A source stands for the first four; its methods take the element. So a value does not depend
 * on which values were asked for before, on how work is split between threads, or on whether a run
 * was stopped and resumed. Numbers come from Philox 4x32-10.
 *
 * <p>A source caches the last block it computed, so asking for neighbouring elements in turn is
 * cheap. Because of that cache it is for one thread at a time; {@link #copy()} gives another thread
 * the same numbers. Only the method that fills an array keeps nothing, and any number of threads
 * may call it at a time.
 */
public final class RandomSource {
  private static final double UNIT = 0x1p-32;
  private static final int NORMAL_DOMAIN = 0x80000000;
  private static final Pattern WRITTEN = Pattern.compile("(-?\\d+)/([a-z]+)/(\\d+)/(\\d+)");

  private final long seed;
  private final RandomPurpose purpose;
  private final long step;
  private final int tensor;
  private final int[] block = new int[4];
  private long cachedBlock = -1;
  private final int[] normalBlock = new int[4];

  private RandomSource(long seed, RandomPurpose purpose, long step, int tensor) {
    if (step < 0 || tensor < 0 || tensor >= 1 << 24) {
      throw new IllegalArgumentException(
          "step " + step + ", tensor " + tensor + "; allowed: step >= 0, tensor in [0, 2^24)");
    }
    this.seed = seed;
    this.purpose = purpose;
    this.step = step;
    this.tensor = tensor;
  }

  /**
   * Returns the source for one purpose and step.
   *
   * @param seed any number; every seed is as good as another, 0 too
   * @param step which step, epoch or other round the numbers are for, at least 0
   */
  public static RandomSource of(long seed, RandomPurpose purpose, long step) {
    return new RandomSource(seed, purpose, step, 0);
  }

  /**
   * Returns the source for one tensor (or image) of the same seed, purpose and step; {@code tensor}
   * in [0, 2^24).
   */
  public RandomSource forTensor(int tensor) {
    return new RandomSource(seed, purpose, step, tensor);
  }

  /**
   * Returns the source for one shard of a step whose work is cut into shards: a function of this
   * source's seed, purpose, step and tensor and of the shard's number, whoever computes the shard.
   * Its numbers are independent of this source's and of other shards'.
   *
   * @param shard at least 0
   */
  public RandomSource forShard(int shard) {
    if (shard < 0) {
      throw new IllegalArgumentException("shard " + shard + "; allowed: at least 0");
    }
    // A seed of its own, from a block of the generator that no element has: its purpose is 0.
    int[] words = new int[4];
    Philox.blocks(shard, 0, 0, 0, (int) seed, (int) (seed >>> 32), words, 1);
    long own = ((long) words[0] << 32) | (words[1] & 0xFFFFFFFFL);
    return new RandomSource(own, purpose, step, tensor);
  }

  /** Returns a source of the same numbers, for another thread. */
  public RandomSource copy() {
    return new RandomSource(seed, purpose, step, tensor);
  }

  /**
   * Returns the source as one line of text, from which {@link #parse} makes one of the same
   * numbers, in another process too: {@code seed/purpose/step/tensor}, as in {@code 1/model/17/0}.
   */
  @Override
  public String toString() {
    return seed + "/" + purpose.name().toLowerCase(Locale.ROOT) + "/" + step + "/" + tensor;
  }

  /**
   * Returns the source that {@link #toString} wrote down.
   *
   * @throws IllegalArgumentException if the text is no such line
   */
  public static RandomSource parse(String text) {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          MessageText.quoted(text) + " is no random source; allowed: seed/purpose/step/tensor");
    }
    return new RandomSource(
        Long.parseLong(parts.group(1)),
        RandomPurpose.valueOf(parts.group(2).toUpperCase(Locale.ROOT)),
        Long.parseLong(parts.group(3)),
        Integer.parseInt(parts.group(4)));
  }

  /** Returns 32 random bits for an element in [0, 2^34). */
  public int bits(long element) {
    long wanted = element >>> 2;
    if (wanted != cachedBlock) {
      compute(wanted, 0, block, 1);
      cachedBlock = wanted;
    }
    return block[(int) (element & 3)];
  }

  /**
   * Fills an array with the random bits of elements that follow each other: {@code result[i]} is
   * {@code bits(first + i)}.
   *
   * @param first the first element, a multiple of 4; the last one is less than 2^34
   * @param result written from 0 on; at least {@code length} rounded up to a multiple of 4 long,
   *     and undefined beyond {@code length}
   */
  public void bits(long first, int[] result, int length) {
    int blocks = (length + 3) >>> 2;
    if ((first & 3) != 0 || length < 0 || result.length < 4 * blocks) {
      throw new IllegalArgumentException(
          length
              + " elements from "
              + first
              + " into "
              + result.length
              + " places; allowed: a multiple of 4 as the first, and places for a multiple of 4");
    }
    compute(first >>> 2, 0, result, blocks);
  }

  /**
   * Returns the uniform number in [0, 1) that random bits stand for, a multiple of 2^−32: {@link
   * #uniform} of the element that {@link #bits} belong to.
   */
  public static double uniformFromBits(int bits) {
    return (bits & 0xFFFFFFFFL) * UNIT;
  }

  /** Returns a uniform number in [0, 1) for an element in [0, 2^34), a multiple of 2^−32. */
  public double uniform(long element) {
    return uniformFromBits(bits(element));
  }

  /**
   * Returns a uniform whole number in [0, bound) for an element in [0, 2^34); its bias is at most
   * bound·2^−32.
   */
  public int below(int bound, long element) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound " + bound + "; allowed: at least 1");
    }
    return belowFromBits(bound, bits(element));
  }

  /**
   * Returns the whole number in [0, bound) that random bits stand for: {@link #below} of the
   * element that {@link #bits} belong to.
   *
   * @param bound at least 1
   */
  public static int belowFromBits(int bound, int bits) {
    return (int) (((bits & 0xFFFFFFFFL) * bound) >>> 32);
  }

  /**
   * Returns a standard normal number for an element in [0, 2^32), by the Box–Muller transform.
   * Independent of what {@link #bits} and the others return for the same element.
   */
  public double normal(long element) {
    compute(element, NORMAL_DOMAIN, normalBlock, 1);
    // In (0, 1], so that the logarithm is finite.
    double radius =
        (((normalBlock[0] & 0xFFFFFFFFL) << 21 ^ (normalBlock[1] & 0xFFFFFFFFL) >>> 11) + 1)
            * 0x1p-53;
    double angle = (normalBlock[2] & 0xFFFFFFFFL) * UNIT;
    // StrictMath: the same bytes on every machine.
    return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * angle);
  }

  private void compute(long blockIndex, int domain, int[] result, int count) {
    if (blockIndex < 0 || blockIndex + count > 1L << 32) {
      throw new IllegalArgumentException(
          "element beyond the range of a random source: block " + blockIndex);
    }
    Philox.blocks(
        (int) blockIndex,
        tensor << 8 | purpose.code(),
        (int) step,
        (int) (step >>> 32) | domain,
        (int) seed,
        (int) (seed >>> 32),
        result,
        count);
  }
}

package org.roundel.api.net;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation of each channel with its running statistics, (x − mean) / √(variance + ε) ·
 * scale + shift. All arrays are [channels].
 *
 * @param name its name
 * @param input an image or a row, whose elements are its channels
 * @param affine what is trained, null for a scale of 1 and a shift of 0
 * @param mean the array of running means
 * @param variance the array of running variances
 * @param epsilon ε, greater than 0
 */
public record BatchNormalization(
    String name, int input, @Nullable Affine affine, String mean, String variance, float epsilon)
    implements Operation {
  /**
   * What is trained.
   *
   * @param scale the array of scales
   * @param shift the array of shifts
   */
  public record Affine(String scale, String shift) {}

  @Override
  public String kind() {
    return "batch-normalisation";
  }

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  @Override
  public ValueShape outputShape(List<ValueShape> inputs) {
    return inputs.get(0);
  }

  @Override
  public Map<String, List<Integer>> arrays(List<ValueShape> inputs) {
    List<Integer> channels = List.of(inputs.get(0).channels());
    Map<String, List<Integer>> arrays = new LinkedHashMap<>();
    if (affine != null) {
      arrays.put(affine.scale(), channels);
      arrays.put(affine.shift(), channels);
    }
    arrays.put(mean, channels);
    arrays.put(variance, channels);
    return arrays;
  }
}

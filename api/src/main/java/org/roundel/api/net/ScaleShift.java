package org.roundel.api.net;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Each channel times a number plus another, x · scale + shift: what is left of a batch
 * normalisation whose statistics are folded, see {@link NormalizationFolding}. Both arrays are
 * [channels].
 *
 * @param name its name
 * @param input an image or a row, whose elements are its channels
 * @param scale the array of factors
 * @param shift the array of summands
 */
public record ScaleShift(String name, int input, String scale, String shift) implements Operation {
  @Override
  public String kind() {
    return "scale-shift";
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
    arrays.put(scale, channels);
    arrays.put(shift, channels);
    return arrays;
  }
}

package org.roundel.api.net;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A trained net as it ships: all that somebody needs to run it elsewhere. Immutable.
 *
 * <p>Images go in as {@code (v − mean) / deviation} of pixels v, see {@link PixelScaling}, in the
 * order channel, row, column; scores come out, one for each class, and the first one of the largest
 * names the class. Nothing random is left: dropout does nothing here.
 *
 * @param graph the operations
 * @param arrays the arrays that the operations name, in their order, and no others
 * @param quantized the names of the arrays that the run quantized, by its record; one of them that
 *     has no {@link NetArray#levels} had no fixed number of values when training was over
 * @param scaling what was done to the pixels of the images; null if the dataset does not say
 * @param classNames as many as the graph has classes
 * @param origin where the net comes from
 */
public record ShippedNet(
    NetGraph graph,
    Map<String, NetArray> arrays,
    Set<String> quantized,
    @Nullable PixelScaling scaling,
    List<String> classNames,
    NetOrigin origin) {
  /**
   * Checks that all belongs together.
   *
   * @throws IllegalArgumentException if an array is missing, of another shape or not used, or
   *     classes or channels are not as many as in the graph
   */
  public ShippedNet {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    quantized = Collections.unmodifiableSet(new TreeSet<>(quantized));
    classNames = List.copyOf(classNames);
    Map<String, List<Integer>> needed = graph.arrays();
    for (Map.Entry<String, List<Integer>> entry : needed.entrySet()) {
      NetArray array = arrays.get(entry.getKey());
      if (array == null || !array.shape().equals(entry.getValue())) {
        throw new IllegalArgumentException(
            "array '"
                + entry.getKey()
                + "' should be "
                + entry.getValue()
                + " and is "
                + (array == null ? "missing" : array.shape()));
      }
    }
    if (arrays.size() != needed.size() || !arrays.keySet().containsAll(quantized)) {
      throw new IllegalArgumentException("there are arrays that no operation names");
    }
    if (classNames.size() != graph.classes()) {
      throw new IllegalArgumentException(
          classNames.size() + " class names for " + graph.classes() + " scores");
    }
    if (scaling != null && scaling.means().size() != graph.shape(0).channels()) {
      throw new IllegalArgumentException(
          scaling.means().size() + " means for images of " + graph.shape(0));
    }
  }

  /**
   * Returns an array by the name that an operation has for it.
   *
   * @throws IllegalArgumentException if no operation names it
   */
  public NetArray array(String name) {
    NetArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no operation has an array '" + name + "'");
    }
    return array;
  }
}

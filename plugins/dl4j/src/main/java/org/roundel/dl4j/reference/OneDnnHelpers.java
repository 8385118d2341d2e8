package org.roundel.dl4j.reference;

import java.lang.reflect.Field;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNBatchNormHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNSubsamplingHelper;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives DL4J's layers the oneDNN helpers that DL4J has but does not turn on.
 *
 * <p>DL4J 1.0.0-M2.1 looks for a class that has moved, finds nothing, and falls back to its own
 * much slower convolution. The helpers themselves work. They sit in a field of each layer that has
 * no setter, so it is set by reflection; where that fails the layers stay as they were, which is
 * slower but right.
 */
final class OneDnnHelpers {
  private static final Logger logger = LoggerFactory.getLogger(OneDnnHelpers.class);

  private OneDnnHelpers() {}

  /**
   * Installs helpers in the layers of an initialised graph.
   *
   * @return how many layers got one
   */
  static int install(ComputationGraph graph) {
    int installed = 0;
    try {
      for (Layer layer : graph.getLayers()) {
        if (install(layer)) {
          installed++;
        }
      }
    } catch (ReflectiveOperationException | LinkageError | RuntimeException missing) {
      logger.warn(
          "DL4J's oneDNN helpers could not be installed after {} layers ({}); the others run on"
              + " DL4J's own kernels, which are slower",
          installed,
          missing.toString());
    }
    return installed;
  }

  private static boolean install(Layer layer) throws ReflectiveOperationException {
    if (layer instanceof ConvolutionLayer) {
      set(ConvolutionLayer.class, layer, new MKLDNNConvHelper(DataType.FLOAT));
      return true;
    }
    if (layer instanceof SubsamplingLayer) {
      set(SubsamplingLayer.class, layer, new MKLDNNSubsamplingHelper(DataType.FLOAT));
      return true;
    }
    if (layer instanceof BatchNormalization normalization
        && !normalization.layerConf().isLockGammaBeta()) {
      set(BatchNormalization.class, layer, new MKLDNNBatchNormHelper(DataType.FLOAT));
      return true;
    }
    return false;
  }

  private static void set(Class<?> owner, Layer layer, Object helper)
      throws ReflectiveOperationException {
    Field field = owner.getDeclaredField("helper");
    field.setAccessible(true);
    field.set(layer, helper);
  }
}

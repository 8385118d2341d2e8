package org.roundel.cli.command.ship;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.ShippedNet;
import org.roundel.core.ship.ArraySummary;
import org.roundel.core.ship.LayerSummary;
import org.roundel.core.ship.NetSummary;
import org.roundel.core.ship.TrainingMemory;

/** A net in numbers as JSON: sizes in bytes, shares from 0 to 1. */
final class NetJson {
  private static final JsonMapper JSON = new JsonMapper();

  private NetJson() {}

  /** Returns one object for a trained net, on lines of their own, with a line's end. */
  static String of(ShippedNet net, NetSummary summary) {
    ObjectNode root = JSON.createObjectNode();
    origin(root, net.origin());
    root.set("input_shape", sizes(net.graph().shape(0).sizes()));
    pixels(root, net.scaling());
    net.classNames().forEach(root.putArray("classes")::add);
    root.put("softmax", net.graph().softmax());
    layers(root, summary);
    return root.toPrettyString() + "\n";
  }

  /** Returns one object for a net that is not trained yet. */
  static String of(NetSummary summary, TrainingMemory memory) {
    ObjectNode root = JSON.createObjectNode();
    layers(root, summary);
    root.putObject("training_bytes")
        .put("weights", memory.weights())
        .put("gradients", memory.gradients())
        .put("latent_weights", memory.latent())
        .put("optimizer", memory.optimizer())
        .put("quantizer", memory.quantizer())
        .put("averages", memory.averages())
        .put("activations", memory.activations())
        .put("all", memory.total());
    return root.toPrettyString() + "\n";
  }

  private static void origin(ObjectNode root, NetOrigin origin) {
    root.put("model", origin.model())
        .put("quantizer", origin.quantizer())
        .put("quantize", origin.quantize())
        .put("dataset", origin.dataset())
        .put("run", origin.checkpoint().run())
        .put("checkpoint", origin.checkpoint().name())
        .put("checkpoint_sha256", origin.checkpoint().sha256());
  }

  private static void pixels(ObjectNode root, @Nullable PixelScaling scaling) {
    if (scaling == null) {
      root.putNull("pixel_scaling");
      return;
    }
    ObjectNode node = root.putObject("pixel_scaling");
    scaling.means().forEach(node.putArray("means")::add);
    scaling.deviations().forEach(node.putArray("deviations")::add);
  }

  private static void layers(ObjectNode root, NetSummary summary) {
    ArrayNode layers = root.putArray("layers");
    for (LayerSummary layer : summary.layers()) {
      ObjectNode node = layers.addObject();
      node.put("name", layer.name()).put("kind", layer.kind());
      node.set("output_shape", sizes(layer.outputShape()));
      node.put("multiply_adds", layer.multiplyAdds());
      ArrayNode arrays = node.putArray("arrays");
      layer.arrays().forEach(array -> arrays.add(array(array)));
    }
    root.put("numbers", summary.numbers())
        .put("multiply_adds", summary.multiplyAdds())
        .put("float32_bytes", summary.floatBytes())
        .put("packed_bytes", summary.bytes())
        .put("packed_bytes_with_all_quantized", summary.bytesWithAllQuantized());
  }

  private static ObjectNode array(ArraySummary array) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", array.name());
    node.set("shape", sizes(array.shape()));
    node.put("bits", array.bits())
        .put("quantized", array.quantized())
        .put("packed_bytes", array.bytes());
    ArrayNode levels = node.putArray("levels");
    for (ArraySummary.FoundLevel level : array.levels()) {
      levels
          .addObject()
          .put("value", level.value())
          .put("share", (double) level.count() / array.numbers());
    }
    return node;
  }

  private static ArrayNode sizes(List<Integer> shape) {
    ArrayNode node = JSON.createArrayNode();
    shape.forEach(node::add);
    return node;
  }
}

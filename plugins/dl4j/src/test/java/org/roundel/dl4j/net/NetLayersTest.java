package org.roundel.dl4j.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.junit.jupiter.api.Test;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.LayerDescription;
import org.roundel.api.model.MultiplyAdds;
import org.roundel.dl4j.Layers;
import org.roundel.dl4j.ZeroPaddedShortcutVertex;

class NetLayersTest {
  /** Two convolutions of stride 2 make 4x3 pixels of 7x5. */
  private static final InputShape INPUT = new InputShape(2, 7, 5);

  private static List<LayerDescription> layers(GraphBuilder graph, String last) {
    ComputationGraphConfiguration configuration =
        graph.addLayer("output", Layers.classifier(3), last).setOutputs("output").build();
    NetDefinition definition = new DefinitionReader(configuration, INPUT, 3).read();
    return NetLayers.of(definition, INPUT);
  }

  private static MultiplyAdds count(GraphBuilder graph, String last) {
    return layers(graph, last).stream()
        .map(LayerDescription::multiplyAdds)
        .reduce(MultiplyAdds.NONE, MultiplyAdds::plus);
  }

  @Test
  void everyLayerIsDescribed() {
    List<LayerDescription> layers =
        layers(
            Layers.graph()
                .addLayer("conv", Layers.convolution(4, 3, 2), "images")
                .addLayer("norm", Layers.normalization(), "conv")
                .addLayer("relu", Layers.relu(), "norm")
                .addVertex("shortcut", new ZeroPaddedShortcutVertex(1, 4), "conv")
                .addVertex(
                    "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "relu", "shortcut")
                .addLayer("pool", Layers.maxPooling(2, 2, 0), "sum")
                .addLayer("mean", Layers.globalAveragePooling(), "pool"),
            "mean");

    assertThat(layers)
        .extracting(LayerDescription::kind)
        .containsExactlyInAnyOrder(
            "convolution",
            "batch-normalisation",
            "relu",
            "zero-padded-shortcut",
            "add",
            "max-pooling",
            "global-average-pooling",
            "linear");
    assertThat(layers.get(0))
        .isEqualTo(
            new LayerDescription(
                "conv",
                "convolution",
                List.of(4, 4, 3),
                List.of("conv/weight"),
                new MultiplyAdds(12 * 4 * 2 * 9, 12 * 4 * 2 * 9)));
    LayerDescription output = layers.get(layers.size() - 1);
    assertThat(output.outputShape()).containsExactly(3);
    assertThat(output.parameters()).containsExactly("output/weight", "output/bias");
    assertThat(output.multiplyAdds()).isEqualTo(new MultiplyAdds(12, 24));
  }

  @Test
  void layersOnTheImagesNeedNoGradientOfTheirInput() {
    MultiplyAdds count =
        count(
            Layers.graph()
                .addLayer("relu", Layers.relu(), "images")
                .addLayer("left", Layers.convolution(4, 3, 2), "relu")
                .addLayer("right", Layers.convolution(4, 1, 2), "images")
                .addVertex("add", new ElementWiseVertex(ElementWiseVertex.Op.Add), "left", "right")
                .addLayer("last", Layers.convolution(5, 3, 1), "add"),
            "last");

    long left = 12 * 4 * 2 * 9;
    long right = 12 * 4 * 2;
    long last = 12 * 5 * 4 * 9;
    long output = 3 * 5 * 12;
    assertThat(count)
        .isEqualTo(
            new MultiplyAdds(left + right + last + output, left + right + 2 * (last + output)));
    assertThat(count.training()).isEqualTo(count.forward() + count.backward());
  }

  @Test
  void aTrainedScaleInFrontNeedsTheGradientToComeBack() {
    MultiplyAdds count =
        count(
            Layers.graph()
                .addLayer("norm", Layers.normalization(), "images")
                .addLayer("conv", Layers.convolution(4, 3, 2), "norm"),
            "conv");

    long forward = 12 * 4 * 2 * 9 + 3 * 4 * 12;
    assertThat(count).isEqualTo(new MultiplyAdds(forward, 2 * forward));
  }
}

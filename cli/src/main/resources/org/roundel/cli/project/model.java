package @PACKAGE@;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.roundel.api.Option;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.dl4j.Dl4jModelFactory;
import org.roundel.dl4j.Layers;

/**
 * A small net for small images: two 3x3 convolutions, each with batch normalisation and rectifier,
 * the second with twice the channels and half the rows and columns; the mean over each channel's
 * image; a linear layer of the classes.
 *
 * <p>The net is a Deeplearning4j configuration. Sizes of inputs are left out: they follow from the
 * images. Layers may be Deeplearning4j's own as well as those of {@link Layers}.
 */
public final class @CLASS@Plugin implements RoundelPlugin {
  private static final Option<Integer> CHANNELS =
      Option.integer("channels", 8, 1, 512, "output channels of the first convolution");

  @Override
  public List<ModelFactory> models() {
    return List.of(new Factory());
  }

  private static final class Factory extends Dl4jModelFactory {
    @Override
    public String name() {
      return "@NAME@";
    }

    @Override
    public String description() {
      return "two convolutions and a linear layer, for small images";
    }

    @Override
    protected List<Option<?>> architectureOptions() {
      return List.of(CHANNELS);
    }

    @Override
    protected ComputationGraphConfiguration configure(ModelRequest request) {
      int channels = request.options().get(CHANNELS);
      return Layers.graph()
          .addLayer("conv1", Layers.convolution(channels, 3, 1), "images")
          .addLayer("norm1", Layers.normalization(), "conv1")
          .addLayer("relu1", Layers.relu(), "norm1")
          .addLayer("conv2", Layers.convolution(2 * channels, 3, 2), "relu1")
          .addLayer("norm2", Layers.normalization(), "conv2")
          .addLayer("relu2", Layers.relu(), "norm2")
          .addLayer("mean", Layers.globalAveragePooling(), "relu2")
          .addLayer("linear", Layers.classifier(request.classes()), "mean")
          .setOutputs("linear")
          .build();
    }
  }
}

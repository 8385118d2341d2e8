package org.roundel.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.roundel.api.Option;
import org.roundel.api.model.ModelRequest;

/** A net as a plugin author would write it, with DL4J's own builders, biases and dropout. */
public final class ToyNetFactory extends Dl4jModelFactory {
  private static final Option<Integer> WIDTH =
      Option.integer("width", 5, 1, 100, "Channels of the convolution.");

  @Override
  public String name() {
    return "toy-net";
  }

  @Override
  public String description() {
    return "One convolution, two linear layers.";
  }

  @Override
  protected List<Option<?>> architectureOptions() {
    return List.of(WIDTH);
  }

  @Override
  protected ComputationGraphConfiguration configure(ModelRequest request) {
    return new NeuralNetConfiguration.Builder()
        .graphBuilder()
        .addInputs("images")
        .addLayer(
            "conv",
            new ConvolutionLayer.Builder(3, 3)
                .nOut(request.options().get(WIDTH))
                .activation(Activation.TANH)
                .build(),
            "images")
        .addLayer(
            "pool",
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, new int[] {2, 2})
                .build(),
            "conv")
        .addLayer("drop", new DropoutLayer.Builder(0.8).build(), "pool")
        .addLayer(
            "hidden", new DenseLayer.Builder().nOut(9).activation(Activation.TANH).build(), "drop")
        .addLayer(
            "output",
            new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                .nOut(request.classes())
                .activation(Activation.SOFTMAX)
                .build(),
            "hidden")
        .setOutputs("output")
        .build();
  }
}

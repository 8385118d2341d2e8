package org.roundel.bench;

import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.roundel.bench.LibTorchNet.Convolution;
import org.roundel.bench.LibTorchNet.Linear;
import org.roundel.bench.LibTorchNet.Normalization;
import org.roundel.bench.LibTorchNet.Variable;

/**
 * A net as LibTorch's own compiler makes it for inference: written as TorchScript, frozen, so that
 * weights and running statistics are constants and normalisation is folded, and optimized by {@code
 * optimize_for_inference}.
 */
final class FrozenNet implements AutoCloseable {
  private final JitModule module;

  /** Compiles a net with its present weights. Call outside of any pointer scope. */
  FrozenNet(LibTorchNet net) {
    JitModule script = new JitModule(new QualifiedName("__torch__.Net"));
    register(net.parameters(), script);
    register(net.buffers(), script);
    ScriptWriter writer = new ScriptWriter();
    String logits = net.forward("images", writer);
    script.define("def forward(self, images):\n" + writer.lines + "    return " + logits + "\n");
    script.eval();
    module = torch.optimize_for_inference(torch.freeze(script));
  }

  /** Returns the logits, shape [size, classes]. */
  Tensor forward(Tensor images) {
    IValueVector arguments = new IValueVector();
    arguments.push_back(new IValue(images));
    return module.forward(arguments).toTensor();
  }

  @Override
  public void close() {
    module.close();
  }

  private static void register(Map<String, Tensor> tensors, JitModule module) {
    tensors.forEach((name, tensor) -> module.register_buffer(attribute(name), tensor.detach()));
  }

  private static String attribute(String name) {
    return name.replaceAll("\\W", "_");
  }

  /** Writes a line for each operation, and returns the name of its result. */
  private static final class ScriptWriter implements Operations<String> {
    private final StringBuilder lines = new StringBuilder();
    private int results;

    @Override
    public String convolution(String input, Convolution layer) {
      return line(
          "torch.conv2d(%s, %s, None, %s, %s, [1, 1], 1)",
          input, self(layer.weight()), pair(layer.stride()), pair(layer.padding()));
    }

    @Override
    public String linear(String input, Linear layer) {
      return line("torch.linear(%s, %s, %s)", input, self(layer.weight()), self(layer.bias()));
    }

    @Override
    public String normalization(String input, Normalization layer) {
      return line(
          "torch.batch_norm(%s, %s, %s, %s, %s, False, 0.0, %s, True)",
          input,
          self(layer.scale()),
          self(layer.shift()),
          self(layer.mean()),
          self(layer.variance()),
          Normalization.EPSILON);
    }

    @Override
    public String rectifier(String input) {
      return line("torch.relu(%s)", input);
    }

    @Override
    public String sum(String input, String other) {
      return line("torch.add(%s, %s)", input, other);
    }

    @Override
    public String maxPooling(String input, int window, int stride, int padding) {
      return line(
          "torch.max_pool2d(%s, %s, %s, %s, [1, 1], False)",
          input, pair(window), pair(stride), pair(padding));
    }

    @Override
    public String rows(String input) {
      return line("torch.flatten(%s, 1)", input);
    }

    @Override
    public String mean(String input) {
      return line("torch.mean(%s, [2, 3])", input);
    }

    @Override
    public String zeroPadded(String input, int stride, int channels) {
      return line(
          "torch.constant_pad_nd(%s[:, :, ::%s, ::%s], [0, 0, 0, 0, 0, %s], 0)",
          input, stride, stride, channels);
    }

    private String line(String format, Object... arguments) {
      results++;
      String result = "x" + results;
      lines
          .append("    ")
          .append(result)
          .append(" = ")
          .append(String.format(Locale.ROOT, format, arguments))
          .append('\n');
      return result;
    }

    private static String self(@Nullable Variable variable) {
      return variable == null ? "None" : "self." + attribute(variable.name());
    }

    private static String pair(int number) {
      return "[" + number + ", " + number + "]";
    }
  }
}

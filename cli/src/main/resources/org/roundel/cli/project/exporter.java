package @PACKAGE@;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.exporter.ExportFiles;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.Operation;
import org.roundel.api.net.ShippedNet;

/** Writes a net as text: its operations, a line each, then its arrays with all their numbers. */
public final class @CLASS@Plugin implements RoundelPlugin {
  private static final Option<Integer> DIGITS =
      Option.integer("digits", 9, 1, 9, "significant digits of each number; 9 tell float32 apart");

  @Override
  public List<ExporterFactory> exporters() {
    return List.of(new Factory());
  }

  private static final class Factory implements ExporterFactory {
    @Override
    public String name() {
      return "@NAME@";
    }

    @Override
    public String description() {
      return "text: a line for each operation, and all numbers";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(DIGITS);
    }

    @Override
    public Exporter create(Options options) {
      return new TextExporter(options.get(DIGITS));
    }
  }

  private record TextExporter(int digits) implements Exporter {
    @Override
    public void export(ShippedNet net, ExportFiles files) throws IOException {
      try (Writer out = new OutputStreamWriter(files.openMain(), StandardCharsets.UTF_8)) {
        out.write("images " + net.graph().shape(0) + "\n");
        for (int value = 1; value <= net.graph().output(); value++) {
          Operation operation = net.graph().operations().get(value - 1);
          out.write(
              value + " " + operation + " " + operation.inputs() + " " + net.graph().shape(value));
          out.write("\n");
        }
        for (Map.Entry<String, NetArray> array : net.arrays().entrySet()) {
          out.write(array.getKey() + " " + array.getValue().shape() + "\n");
          for (float number : array.getValue().values()) {
            out.write(String.format(Locale.ROOT, "%." + digits + "g\n", number));
          }
        }
      }
    }
  }
}

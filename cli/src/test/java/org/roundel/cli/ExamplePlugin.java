package org.roundel.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Download;
import org.roundel.api.dataset.FileCheck;
import org.roundel.api.dataset.FileCheck.Finding;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** A plugin whose components can be looked at, but not made. */
public final class ExamplePlugin implements RoundelPlugin {
  private static final String NOT_MADE = "this component is only to be looked at";

  @Override
  public List<QuantizerFactory> quantizers() {
    return List.of(new Rounding());
  }

  @Override
  public List<ModelFactory> models() {
    return List.of(new Family());
  }

  @Override
  public List<DatasetFactory> datasets() {
    return List.of(new Pictures(), new Rounded());
  }

  private static final class Rounding implements QuantizerFactory {
    @Override
    public String name() {
      return "rounding";
    }

    @Override
    public String description() {
      return "rounds every weight to the nearest value of a grid that is as fine as the option says";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(
          Option.positive("delta", 0.25, 1, "distance between neighbouring values"),
          Option.text("only", "", "names of the weights that are rounded; empty for all"));
    }

    @Override
    public Quantizer create(Options options) {
      throw new UnsupportedOperationException(NOT_MADE);
    }
  }

  private static final class Family implements ModelFactory {
    @Override
    public String name() {
      return "net";
    }

    @Override
    public String description() {
      return "a net of any depth";
    }

    @Override
    public List<Option<Integer>> nameOptions() {
      return List.of(Option.integer("depth", 20, 1, 99, "layers with weights"));
    }

    @Override
    public Model create(ModelRequest request) {
      throw new UnsupportedOperationException(NOT_MADE);
    }
  }

  /** Has the files {@code one} and {@code two}. */
  private static final class Pictures implements DatasetFactory {
    @Override
    public String name() {
      return "pictures";
    }

    @Override
    public String description() {
      return "pictures of things";
    }

    @Override
    public List<Download> downloads() {
      return List.of(
          new Download(
              URI.create("https://example.invalid/one"), "one", 1000, "MD5", "00".repeat(16)));
    }

    @Override
    public List<FileCheck> verify(Path directory) {
      return List.of(check(directory, "one"), check(directory, "two"));
    }

    private static FileCheck check(Path directory, String name) {
      Path file = directory.resolve(name);
      if (!Files.exists(file)) {
        return new FileCheck(name, false, "missing; draw it");
      }
      return file.toFile().length() == 0
          ? new FileCheck(name, 1, Finding.PUBLISHED, "as published")
          : new FileCheck(name, 1, Finding.DIFFERENT, "somebody has drawn on it");
    }

    @Override
    public Dataset create(Options options, Path directory) throws IOException {
      throw new UnsupportedOperationException(NOT_MADE);
    }
  }

  /** Has the quantizer's name. */
  private static final class Rounded implements DatasetFactory {
    @Override
    public String name() {
      return "rounding";
    }

    @Override
    public String description() {
      return "round things";
    }

    @Override
    public boolean needsDirectory() {
      return false;
    }

    @Override
    public Dataset create(Options options, Path directory) throws IOException {
      throw new UnsupportedOperationException(NOT_MADE);
    }
  }
}

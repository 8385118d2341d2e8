package org.roundel.cli.benchmark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.PassTime;
import org.roundel.core.config.RunConfiguration;

/** Writes what was measured as JSON: seconds, bytes, operations a second. */
public final class BenchmarkJson {
  private static final JsonMapper JSON = new JsonMapper();

  private BenchmarkJson() {}

  /** Returns one object, on lines of their own for people to read, with a line's end. */
  public static String of(
      RunConfiguration configuration, BenchmarkResult result, MachineSpeed machine) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode settings = root.putObject("configuration");
    configuration.resolved().forEach(settings::put);
    net(root.putObject("net"), result.net());
    steps(root.putObject("training"), result.training());
    steps(root.putObject("inference"), result.inference());
    root.putObject("machine")
        .put("gemm_flops_per_second", machine.gemmFlops())
        .put("gemm_matrix_size", MachineSpeed.MATRIX_SIZE)
        .put("copy_bytes_per_second", machine.copyBytes())
        .put("copy_threads", machine.copyThreads());
    root.putObject("memory")
        .put("bytes", result.memory().bytes())
        .put("peak", result.memory().peak());
    if (result.reading() != null) {
      reading(root.putObject("reading"), result.reading());
    }
    if (result.layers() != null) {
      layers(root.putObject("layers"), result.layers());
    }
    return root.toPrettyString() + "\n";
  }

  private static void net(ObjectNode node, BenchmarkedNet net) {
    InputShape images = net.images();
    node.put("parameters", net.parameters())
        .put("quantized_parameters", net.quantizedParameters())
        .put("batch_size", net.batchSize());
    node.putArray("image_shape").add(images.channels()).add(images.height()).add(images.width());
    node.putObject("multiply_adds_per_image")
        .put("forward", net.multiplyAdds().forward())
        .put("backward", net.multiplyAdds().backward());
    node.put("quantize_bytes_per_step", net.quantizeBytes())
        .put("update_bytes_per_step", net.updateBytes());
  }

  private static void steps(ObjectNode node, StepTimes steps) {
    node.put("steps", steps.steps()).put("images_per_step", steps.images());
    node.putObject("images_per_second")
        .put("median", steps.imagesPerSecond())
        .put("best", steps.bestImagesPerSecond());
    times(node.putObject("step_seconds"), steps.step());
    ObjectNode phases = node.putObject("phase_seconds");
    for (StepTimes.PhaseTime phase : steps.phases()) {
      times(phases.putObject(phase.phase()), phase.times());
    }
  }

  private static void times(ObjectNode node, Times times) {
    node.put("median", times.median())
        .put("best", times.best())
        .put("longest", times.longest())
        .put("sum", times.sum());
  }

  private static void reading(ObjectNode node, ReadingSpeed speed) {
    ArrayNode byThreads = node.put("batches", speed.batches()).putArray("by_threads");
    for (ReadingSpeed.OnThreads measured : speed.byThreads()) {
      byThreads
          .addObject()
          .put("threads", measured.threads())
          .put("images_per_second", measured.imagesPerSecond())
          .put("processor_seconds_per_image", measured.processorSeconds());
    }
  }

  private static void layers(ObjectNode node, LayerProfile profile) {
    node.put("engine", profile.engine()).put("runs", profile.runs());
    ArrayNode passes = node.putArray("passes");
    for (LayerProfile.LayerPass pass : profile.passes()) {
      PassTime time = pass.time();
      ObjectNode object =
          passes
              .addObject()
              .put("layer", time.layer())
              .put("operation", time.operation())
              .put("pass", time.pass().name().toLowerCase(Locale.ROOT))
              .put("multiply_adds", pass.multiplyAdds());
      kernel(object, time.chosen());
      if (time.other() != null) {
        kernel(object.putObject("other"), time.other());
      }
    }
    ArrayNode operations = node.putArray("operations");
    for (LayerProfile.OperationTime operation : profile.operations()) {
      operations
          .addObject()
          .put("operation", operation.operation())
          .put("seconds", operation.seconds())
          .put("share", operation.share());
    }
  }

  private static void kernel(ObjectNode node, PassTime.KernelTime time) {
    node.put("kernel", time.kernel()).put("seconds", time.nanoseconds() / 1e9);
  }
}

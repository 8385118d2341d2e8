package org.roundel.c;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;

/** The header of one net. */
final class NetHeader {
  private final ShippedNet net;
  private final Prefix prefix;
  private final boolean pixels;

  /**
   * Makes a header.
   *
   * @param net one whose batch normalisations are folded
   * @param pixels whether images are pixels of a byte each
   */
  NetHeader(ShippedNet net, Prefix prefix, boolean pixels) {
    this.net = net;
    this.prefix = prefix;
    this.pixels = pixels;
  }

  /** Returns its text, in ASCII. */
  String text() {
    Declarations declarations = new Declarations(prefix);
    WorkspacePlan plan = new WorkspacePlan(net.graph(), pixels);
    StepTable table = new StepTable(net, declarations, plan);
    PixelScaling scaling = net.scaling();
    if (scaling != null) {
      declarations.named("float", "means", "of each channel", numbers(scaling.means()));
      declarations.named("float", "deviations", "of each channel", numbers(scaling.deviations()));
    }
    declarations.named("char *const", "class_names", "in UTF-8", classNames());
    declarations.named("roundel_value", "values", "channels, height, width, place", table.values());
    declarations.named("roundel_step", "steps", "what computes them", table.steps());
    return String.format(
        Locale.ROOT,
        """
      /*
       * %1$s
       *
       * %2$s_scores(image, scores, workspace) computes the scores of the classes:
       *   image      %3$s_INPUTS numbers in the order channel, row, column: %4$s
       *   scores     %3$s_CLASSES numbers%5$s
       *   workspace  %3$s_WORKSPACE numbers that are overwritten; nothing in it is needed from one image to the next
       */
      #ifndef %6$s
      #define %6$s

      #include "roundel.h"

      #if ROUNDEL_FORMAT != 1
      #error "roundel.h is of another version of Roundel than this file: copy both from one export"
      #endif

      %7$s
      %8$s
      static inline void %2$s_scores(const %9$s *image, float *scores, float *workspace) {
        static const roundel_net net = {%2$s_values, %2$s_steps, sizeof %2$s_steps / sizeof %2$s_steps[0]};
      %10$s
      }

      #endif
      """,
        origin(),
        prefix.lower(),
        prefix.upper(),
        image(),
        net.graph().softmax() ? "; probabilities are their softmax" : "",
        guard(),
        sizes(plan),
        declarations,
        pixels ? "uint8_t" : "float",
        run());
  }

  private String origin() {
    NetOrigin origin = net.origin();
    return CText.comment(
            String.format(
                Locale.ROOT,
                "%s, trained on %s, weights by %s (%s); exported by Roundel",
                origin.model(),
                origin.dataset(),
                origin.quantizer(),
                origin.quantize()))
        + "\n * "
        + CText.comment(
            String.format(
                Locale.ROOT,
                "run %s, checkpoint %s, SHA-256 of its weights %s",
                origin.checkpoint().run(),
                origin.checkpoint().name(),
                origin.checkpoint().sha256()));
  }

  private String image() {
    if (pixels) {
      return "pixels from 0 to 255";
    }
    return net.scaling() == null
        ? "as the dataset gives them"
        : "(pixel - mean) / deviation of pixels from 0 to 255";
  }

  /** Two nets in one firmware have two guards, also if their files have one name. */
  private String guard() {
    String sha256 = net.origin().checkpoint().sha256().replaceAll("[^A-Za-z0-9]", "");
    String first = sha256.substring(0, Math.min(8, sha256.length()));
    return prefix.upper() + "_" + first.toUpperCase(Locale.ROOT) + "_H";
  }

  private String sizes(WorkspacePlan plan) {
    ValueShape image = net.graph().shape(0);
    return define("CHANNELS", image.channels())
        + define("HEIGHT", image.height())
        + define("WIDTH", image.width())
        + define("INPUTS", image.size())
        + define("CLASSES", net.graph().classes())
        + define("WORKSPACE", plan.length());
  }

  private String define(String name, int value) {
    return "#define " + prefix.upper() + "_" + name + " " + value + "\n";
  }

  private static String numbers(List<Double> numbers) {
    return numbers.stream()
        .map(number -> CText.number(number.floatValue()))
        .collect(Collectors.joining(", "));
  }

  private String classNames() {
    return net.classNames().stream().map(CText::quoted).collect(Collectors.joining(", "));
  }

  private String run() {
    return pixels
        ? String.format(
            Locale.ROOT,
            """
              float *first = workspace + %1$s_values[0].place;
              roundel_normalise(image, %1$s_means, %1$s_deviations, &%1$s_values[0], first);
              roundel_run(&net, first, scores, workspace);\
            """,
            prefix.lower())
        : "  roundel_run(&net, image, scores, workspace);";
  }
}

package org.roundel.cli.command.rate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.rate.RateCurve;
import org.roundel.core.rate.RatePoint;

/** Writes a range test as JSON. */
final class RateJson {
  private static final JsonMapper JSON = new JsonMapper();

  private RateJson() {}

  /** Returns one object, on lines of their own for people to read, with a line's end. */
  static String of(RunConfiguration configuration, RateCurve curve) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode settings = root.putObject("configuration");
    configuration.resolved().forEach(settings::put);
    root.put("finding", word(curve.finding())).put("end", word(curve.end()));
    root.putNull("suggestion");
    curve
        .suggestion()
        .ifPresent(
            rate -> {
              root.put("suggestion", rate);
              share(root, "moved_share_near_suggestion", curve.movedNear(rate));
            });
    root.set("lowest", point(curve.lowest()));
    ArrayNode updates = root.putArray("updates");
    curve.points().forEach(point -> updates.add(point(point)));
    return root.toPrettyString() + "\n";
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ObjectNode point(RatePoint point) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("update", point.update())
            .put("rate", point.rate())
            .put("loss", point.loss())
            .put("smoothed_loss", point.smoothedLoss());
    share(node, "moved_share", point.movedShare());
    return node;
  }

  /** Null where there is none. */
  private static void share(ObjectNode node, String name, double share) {
    if (Double.isNaN(share)) {
      node.putNull(name);
    } else {
      node.put(name, share);
    }
  }
}

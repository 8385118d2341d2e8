package org.roundel.cli.command.rate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.rate.RateCurve;
import org.roundel.core.rate.RateCurve.End;
import org.roundel.core.rate.RatePoint;
import org.roundel.core.rate.RateRange;

class RateReportTest {
  private static final RunConfiguration CONFIGURATION = RunConfiguration.of(Map.of());

  @TempDir Path directory;

  /** 61 updates from 1e-5 to 10; the smoothed loss is a formula in the rate's decimal logarithm. */
  private static RateCurve curve(End end, double movedShare, DoubleUnaryOperator smoothedLoss) {
    RateRange range = new RateRange(1e-5, 10, 61);
    List<RatePoint> points = new ArrayList<>();
    for (int update = 1; update <= 61; update++) {
      double rate = range.rate(update);
      double smoothed = smoothedLoss.applyAsDouble(Math.log10(rate));
      points.add(new RatePoint(update, rate, 2, smoothed, movedShare));
    }
    return new RateCurve(points, end);
  }

  /** 1 + (x + 1)² is least at the rate 0.1, in update 41. */
  private static RateCurve found(double movedShare) {
    return curve(End.LOSS_ROSE, movedShare, x -> 1 + (x + 1) * (x + 1));
  }

  @Test
  void tellsTheCurveTheSuggestionAndWhyItEnded() {
    List<String> lines = RateReport.lines(found(0.0025));
    assertThat(lines).hasSize(28).allMatch(line -> line.length() <= 80);
    assertThat(lines.get(1)).matches("  update  rate +moved  smoothed loss");
    // The largest loss, 17 at the lowest rate, is a line of 30.
    assertThat(lines.get(21)).matches("      61  10 +0\\.25 % +5\\.0000  ={9}");
    assertThat(lines)
        .anyMatch(line -> line.matches("      42  0\\.1259 +0\\.25 % +1\\.0100  ={2}"))
        .endsWith(
            "  lowest     smoothed loss 1.0000 at the rate 0.1, in update 41",
            "  suggested  --learning-rate 0.01, a tenth of that",
            "  moved      near it 0.25 % of the quantized weights in an update; of weights",
            "             with few values this share, not the loss, limits the rate",
            "  ended      after update 61: the smoothed loss was above 4 times its lowest");
  }

  @Test
  void saysNothingOfMovesWhereNothingIsQuantized() {
    assertThat(RateReport.lines(found(Double.NaN)))
        .noneMatch(line -> line.contains("moved") || line.contains("NaN"))
        .contains("  suggested  --learning-rate 0.01, a tenth of that");
  }

  @Test
  void saysWhyNoRateIsSuggested() {
    assertThat(RateReport.lines(curve(End.HIGHEST_RATE, 0, x -> 2 - x)))
        .endsWith(
            "  lowest     smoothed loss 1.0000 at the rate 10, in update 61",
            "  suggested  no rate: nothing shows that the loss rises; try a larger --highest",
            "  ended      after update 61, at the highest rate");
    assertThat(RateReport.lines(curve(End.NOT_FINITE, 0, x -> 6 + x)))
        .endsWith(
            "  lowest     smoothed loss 1.0000 at the rate 1e-05, in update 1",
            "  suggested  no rate: a tenth of that was not tried; try a smaller --lowest",
            "  ended      after update 61: the loss or a gradient of the next was not finite");
  }

  @Test
  void tellsWhatIsGoingToBeTried() {
    assertThat(RateReport.heading(CONFIGURATION, new RateRange(1e-5, 10, 200)))
        .containsExactly(
            "Trying learning rates for resnet-8 on fashion-mnist-mini",
            "  method     binary-connect (conv), adam",
            "  plan       1e-05 to 10 in 200 updates, batches of 32, seed 1");
  }

  @Test
  void writesEveryUpdateAsCommaSeparatedValues() throws IOException {
    Path file = directory.resolve("rates.csv");
    RateReport.updates(found(Double.NaN)).write(file);
    assertThat(Files.readAllLines(file))
        .hasSize(62)
        .startsWith("update,rate,loss,smoothed_loss,moved_share", "1,1.0E-5,2.0,17.0,")
        .endsWith("61,10.0,2.0,5.0,");
  }

  @Test
  void writesEverythingAsJson() throws IOException {
    JsonNode json = new JsonMapper().readTree(RateJson.of(CONFIGURATION, found(0.5)));
    assertThat(json.at("/configuration/model").asText()).isEqualTo("resnet-8");
    assertThat(json.at("/finding").asText()).isEqualTo("found");
    assertThat(json.at("/end").asText()).isEqualTo("loss-rose");
    assertThat(json.at("/suggestion").asDouble())
        .isEqualTo(0.1 * json.at("/lowest/rate").asDouble());
    assertThat(json.at("/moved_share_near_suggestion").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/lowest/update").asInt()).isEqualTo(41);
    assertThat(json.at("/updates")).hasSize(61);
    assertThat(json.at("/updates/60/rate").asDouble()).isEqualTo(10);
    assertThat(json.at("/updates/60/smoothed_loss").asDouble()).isEqualTo(5);
    assertThat(json.at("/updates/60/loss").asDouble()).isEqualTo(2);

    RateCurve falling = curve(End.HIGHEST_RATE, Double.NaN, x -> 2 - x);
    JsonNode none = new JsonMapper().readTree(RateJson.of(CONFIGURATION, falling));
    assertThat(none.at("/finding").asText()).isEqualTo("still-falling");
    assertThat(none.get("suggestion").isNull()).isTrue();
    assertThat(none.has("moved_share_near_suggestion")).isFalse();
    assertThat(none.at("/updates/0/moved_share").isNull()).isTrue();
  }
}

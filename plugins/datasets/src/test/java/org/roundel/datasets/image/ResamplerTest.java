package org.roundel.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.roundel.datasets.Fixtures;

class ResamplerTest {
  /** One row, one channel's worth of values in all three. */
  private static float[] resampledRow(int[] values, ResamplingAxis columns) {
    byte[] samples = new byte[values.length];
    for (int position = 0; position < values.length; position++) {
      samples[position] = (byte) values[position];
    }
    DecodedImage image =
        new DecodedImage(values.length, 1, samples, new int[] {0, 0, 0}, values.length, 1);
    float[] result =
        Resampler.resample(image, new ResamplingAxis(0, 1, 0, 1, 1), columns, new Workspace());
    for (int position = 0; position < result.length; position++) {
      result[position] *= 255;
    }
    return result;
  }

  private static void assertRow(float[] result, double... expected) {
    assertThat(result).hasSize(3 * expected.length);
    for (int position = 0; position < result.length; position++) {
      assertThat(result[position])
          .isCloseTo((float) expected[position % expected.length], within(1e-3f));
    }
  }

  @Test
  void keepsAnImageOfTheSameSize() {
    assertRow(resampledRow(new int[] {3, 250, 17}, new ResamplingAxis(0, 1, 0, 3, 3)), 3, 250, 17);
  }

  @Test
  void cutsAWindowOut() {
    assertRow(resampledRow(new int[] {3, 250, 17, 99}, new ResamplingAxis(1, 1, 1, 3, 2)), 250, 17);
  }

  /** Halving: distances ½ and 1½ of a triangle of half-width 2 weigh 3/4 and 1/4. */
  @Test
  void averagesOverATriangleWhenTheImageShrinks() {
    double middle = (0.25 * 10 + 0.75 * 20 + 0.75 * 40 + 0.25 * 80) / 2;
    double left = (0.75 * 0 + 0.75 * 10 + 0.25 * 20) / 1.75;
    double right = (0.25 * 40 + 0.75 * 80 + 0.75 * 160) / 1.75;
    assertRow(
        resampledRow(new int[] {0, 10, 20, 40, 80, 160}, new ResamplingAxis(0, 2, 0, 6, 3)),
        left,
        middle,
        right);
  }

  /** Doubling: centres fall at ¼ and ¾ between neighbours; the edge is continued. */
  @Test
  void interpolatesWhenTheImageGrows() {
    assertRow(
        resampledRow(new int[] {0, 100, 200}, new ResamplingAxis(0, 0.5, 0, 3, 6)),
        0,
        25,
        75,
        125,
        175,
        200);
  }

  @Test
  void keepsAConstantImageAtEveryScale() {
    int[] constant = new int[97];
    java.util.Arrays.fill(constant, 77);
    for (int outputs = 1; outputs < 300; outputs += 7) {
      double scale = 97.0 / outputs;
      float[] result = resampledRow(constant, new ResamplingAxis(0, scale, 0, 97, outputs));
      for (float value : result) {
        assertThat(value).isCloseTo(77f, within(1e-3f));
      }
    }
  }

  @Test
  void treatsRowsAsColumns() {
    byte[] samples = new byte[6 * 4 * 3];
    byte[] turned = new byte[6 * 4 * 3];
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 6; column++) {
        for (int channel = 0; channel < 3; channel++) {
          byte value = Fixtures.pixel(channel, row * 6 + column);
          samples[(row * 6 + column) * 3 + channel] = value;
          turned[(column * 4 + row) * 3 + channel] = value;
        }
      }
    }
    ResamplingAxis height = new ResamplingAxis(0, 4 / 3.0, 0, 4, 3);
    ResamplingAxis width = new ResamplingAxis(0, 6 / 5.0, 0, 6, 5);
    float[] result =
        Resampler.resample(DecodedImage.interleaved(6, 4, samples), height, width, new Workspace());
    float[] mirror =
        Resampler.resample(DecodedImage.interleaved(4, 6, turned), width, height, new Workspace());
    for (int channel = 0; channel < 3; channel++) {
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 5; column++) {
          assertThat(result[(channel * 3 + row) * 5 + column])
              .isCloseTo(mirror[(channel * 5 + column) * 3 + row], within(1e-5f));
        }
      }
    }
  }

  /** To the last bit: a run's images are the same for every version that reads them. */
  @Test
  void addsInTheOrderOfThePixels() {
    byte[] samples = new byte[3 * 50 * 37];
    for (int position = 0; position < samples.length; position++) {
      samples[position] = Fixtures.pixel(position / 1024, position % 1024);
    }
    DecodedImage image = DecodedImage.interleaved(50, 37, samples);
    ResamplingAxis rows = new ResamplingAxis(3, 30 / 13.0, 3, 33, 13);
    ResamplingAxis columns = new ResamplingAxis(5, 40 / 17.0, 5, 45, 17);
    Workspace workspace = new Workspace();
    for (int again = 0; again < 2; again++) {
      float[] result = Resampler.resample(image, rows, columns, workspace);
      for (int channel = 0; channel < 3; channel++) {
        for (int row = 0; row < 13; row++) {
          for (int column = 0; column < 17; column++) {
            float sum = 0;
            for (int tap = 0; tap < rows.count(row); tap++) {
              int y = rows.first(row) + tap;
              float narrowed = 0;
              for (int inner = 0; inner < columns.count(column); inner++) {
                int x = columns.first(column) + inner;
                int value = samples[(y * 50 + x) * 3 + channel] & 0xFF;
                narrowed += columns.weight(column, inner) * value;
              }
              sum += rows.weight(row, tap) / 255 * narrowed;
            }
            assertThat(result[(channel * 13 + row) * 17 + column]).isEqualTo(sum);
          }
        }
      }
    }
  }
}

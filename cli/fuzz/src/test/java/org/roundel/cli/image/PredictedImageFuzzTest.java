package org.roundel.cli.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.roundel.api.InvalidInputException;
import org.roundel.api.net.ValueShape;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class PredictedImageFuzzTest {
  private static final ValueShape SHAPE = ValueShape.image(3, 8, 8);

  private final Hostile reader =
      Hostile.reader("image of predict", 1 << 23, 1000, InvalidInputException.class);
  private final HostileFile file = new HostileFile("image.png");

  @FuzzTest
  void pixels(byte[] input) {
    Path path = file.with(input);
    reader.read(input.length, () -> ImageReading.pixels(path, SHAPE));
  }
}

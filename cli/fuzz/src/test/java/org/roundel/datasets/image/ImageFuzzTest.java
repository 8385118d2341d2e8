package org.roundel.datasets.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.Arrays;
import org.roundel.api.InvalidInputException;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class ImageFuzzTest {
  /** What an image takes is stated by the decoder: 100 MB of pixels, whatever the file's size. */
  private final Hostile reader =
      Hostile.reader("image of a folder", 500 << 20, 100, InvalidInputException.class);

  private final HostileFile file = new HostileFile("image.jpg");

  @FuzzTest
  void decode(byte[] input) {
    Path path = file.with(Arrays.copyOf(input, input.length));
    ImageDecoder decoder = new ImageDecoder();
    reader.read(input.length, () -> decoder.check(path));
  }
}

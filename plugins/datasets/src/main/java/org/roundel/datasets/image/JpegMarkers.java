package org.roundel.datasets.image;

/**
 * Looks at a JPEG file's markers, because its decoders fill what is missing at the end with grey
 * and say nothing.
 */
final class JpegMarkers {
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;

  private JpegMarkers() {}

  static boolean isJpeg(byte[] content) {
    return content.length > 2 && content[0] == (byte) 0xFF && content[1] == (byte) 0xD8;
  }

  /**
   * Returns whether an end marker follows the start of the image data. Markers in the segments
   * before, as of a thumbnail, do not count; inside compressed data the byte pair cannot occur.
   */
  static boolean isComplete(byte[] content) {
    int position = startOfData(content);
    while (position >= 0 && position + 1 < content.length) {
      if (content[position] == (byte) 0xFF && content[position + 1] == (byte) END_OF_IMAGE) {
        return true;
      }
      position++;
    }
    return false;
  }

  /** Steps over the segments in front of the first scan; −1 if there is none. */
  private static int startOfData(byte[] content) {
    int position = 2;
    while (position + 3 < content.length) {
      if (content[position] != (byte) 0xFF) {
        // Stray bytes between segments are tolerated by decoders.
        position++;
        continue;
      }
      int marker = content[position + 1] & 0xFF;
      if (marker == 0xFF) {
        position++;
        continue;
      }
      if (marker == 0x00 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
        position += 2;
        continue;
      }
      int length = (content[position + 2] & 0xFF) << 8 | (content[position + 3] & 0xFF);
      if (marker == START_OF_SCAN) {
        return position + 2 + length;
      }
      position += 2 + Math.max(2, length);
    }
    return -1;
  }
}

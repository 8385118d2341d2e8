import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Cuts the dataset {@code fashion-mnist-mini} out of Fashion-MNIST.
 *
 * <p>Use: {@code java CutFashionMnist.java IN OUT}, where IN holds the four files of Fashion-MNIST
 * in gzip form under their official names, and OUT gets four of the same names: the first 1,000
 * training and the first 200 test images of each of the ten classes in file order, interleaved as
 * 0, 1, …, 9, 0, 1, … so that every run of ten images has each class once. The same input always
 * gives the same images; the compressed bytes may differ with the zlib that the JDK uses.
 */
public final class CutFashionMnist {
  private static final int CLASSES = 10;
  private static final int PIXELS = 28 * 28;
  private static final int IMAGE_MAGIC = 0x803;
  private static final int LABEL_MAGIC = 0x801;

  private CutFashionMnist() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("use: java CutFashionMnist.java IN OUT");
      System.exit(2);
    }
    Path in = Path.of(arguments[0]);
    Path out = Path.of(arguments[1]);
    Files.createDirectories(out);
    cut(in, out, "train", 60_000, 1_000);
    cut(in, out, "t10k", 10_000, 200);
  }

  private static void cut(Path in, Path out, String split, int count, int perClass)
      throws IOException {
    String imageName = split + "-images-idx3-ubyte.gz";
    String labelName = split + "-labels-idx1-ubyte.gz";
    byte[] pixels = new byte[CLASSES * perClass * PIXELS];
    byte[] labels = new byte[CLASSES * perClass];
    int[] taken = new int[CLASSES];
    try (DataInputStream imageFile = open(in.resolve(imageName));
        DataInputStream labelFile = open(in.resolve(labelName))) {
      require(imageName, new int[] {IMAGE_MAGIC, count, 28, 28}, imageFile);
      require(labelName, new int[] {LABEL_MAGIC, count}, labelFile);
      byte[] image = new byte[PIXELS];
      for (int index = 0; index < count; index++) {
        imageFile.readFully(image);
        int label = labelFile.readUnsignedByte();
        if (taken[label] < perClass) {
          int position = taken[label]++ * CLASSES + label;
          labels[position] = (byte) label;
          System.arraycopy(image, 0, pixels, position * PIXELS, PIXELS);
        }
      }
    }
    for (int label = 0; label < CLASSES; label++) {
      if (taken[label] != perClass) {
        throw new IOException(
            labelName + ": class " + label + " has " + taken[label] + ", wanted " + perClass);
      }
    }
    write(out.resolve(imageName), new int[] {IMAGE_MAGIC, labels.length, 28, 28}, pixels);
    write(out.resolve(labelName), new int[] {LABEL_MAGIC, labels.length}, labels);
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16));
  }

  private static void require(String name, int[] header, DataInputStream file) throws IOException {
    for (int expected : header) {
      int found = file.readInt();
      if (found != expected) {
        throw new IOException(
            name + ": found " + found + " in the header " + Arrays.toString(header));
      }
    }
  }

  private static void write(Path file, int[] header, byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * header.length);
    for (int value : header) {
      bytes.putInt(value);
    }
    try (OutputStream out = new SmallestGzip(Files.newOutputStream(file))) {
      out.write(bytes.array());
      out.write(content);
    }
  }

  /** Gzip at its highest level. */
  private static final class SmallestGzip extends GZIPOutputStream {
    SmallestGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}

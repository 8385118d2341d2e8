package org.roundel.core.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Tensors;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.IoFailure;

/**
 * An open safetensors file whose header has been checked: its length against the file, every
 * tensor's range against its type and shape, and all ranges against the file, gaps and overlaps
 * included.
 *
 * <p>Not for use by several threads at a time.
 */
public final class SafetensorsReader implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int LENGTH_BYTES = 8;
  private static final int LISTED_NAMES = 10;

  private final Path path;
  private final RandomAccessFile file;
  private final SafetensorsHeader header;
  private final long dataStart;

  private SafetensorsReader(
      Path path, RandomAccessFile file, SafetensorsHeader header, long dataStart) {
    this.path = path;
    this.file = file;
    this.header = header;
    this.dataStart = dataStart;
  }

  static SafetensorsReader open(Path path) {
    try {
      return openChecked(path);
    } catch (SafetensorsHeader.MalformedException malformed) {
      throw failure(
          path,
          "is not a valid safetensors file: "
              + malformed.getMessage()
              + ". It is cut short or damaged, or of another format. Use an undamaged copy or"
              + " another file.",
          malformed);
    } catch (IOException failed) {
      throw failure(
          path,
          "cannot be read: "
              + IoFailure.reason(failed)
              + ". Check the path and your right to read it.",
          failed);
    }
  }

  static SafetensorsReader openChecked(Path path)
      throws IOException, SafetensorsHeader.MalformedException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    boolean opened = false;
    try {
      byte[] json = readHeader(file);
      long dataStart = LENGTH_BYTES + (long) json.length;
      SafetensorsHeader header = SafetensorsHeader.parse(json, file.length() - dataStart);
      opened = true;
      return new SafetensorsReader(path, file, header, dataStart);
    } finally {
      if (!opened) {
        closeQuietly(file);
      }
    }
  }

  private static byte[] readHeader(RandomAccessFile file)
      throws IOException, SafetensorsHeader.MalformedException {
    long length = file.length();
    if (length < LENGTH_BYTES) {
      throw new SafetensorsHeader.MalformedException(
          "it has " + length + " bytes, fewer than the 8 that give the header's length");
    }
    byte[] prefix = new byte[LENGTH_BYTES];
    file.readFully(prefix);
    long headerLength = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerLength < 0 || headerLength > Safetensors.MAX_HEADER_BYTES) {
      throw new SafetensorsHeader.MalformedException(
          String.format(
              Locale.ROOT,
              "its header's length is %s bytes, allowed are %s",
              Long.toUnsignedString(headerLength),
              Safetensors.MAX_HEADER_BYTES));
    }
    if (headerLength > length - LENGTH_BYTES) {
      throw new SafetensorsHeader.MalformedException(
          String.format(
              Locale.ROOT,
              "its header's length is %s bytes, but only %s follow",
              headerLength,
              length - LENGTH_BYTES));
    }
    byte[] json = new byte[(int) headerLength];
    file.readFully(json);
    return json;
  }

  /** Returns the tensors by name, in the order of their data. */
  public Map<String, TensorEntry> tensors() {
    return header.tensors();
  }

  /** Returns the text in the header, empty where there is none. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** Returns the file's path. */
  public Path path() {
    return path;
  }

  /**
   * Returns what the header says of a tensor.
   *
   * @throws RoundelException if the file has no tensor of that name
   */
  public TensorEntry tensor(String name) {
    TensorEntry entry = tensors().get(name);
    if (entry != null) {
      return entry;
    }
    List<String> names = tensors().keySet().stream().limit(LISTED_NAMES).toList();
    throw failure(
        path,
        String.format(
            Locale.ROOT,
            "has no tensor '%s'. It has %s: %s%s. The file belongs to another model or another"
                + " version.",
            name,
            tensors().size(),
            String.join(", ", names),
            tensors().size() > LISTED_NAMES ? ", …" : ""),
        null);
  }

  /**
   * Reads an F32 tensor into an array of the same shape.
   *
   * @throws RoundelException if the tensor is missing, of another type or shape, or unreadable; the
   *     array is unchanged but in the last case
   * @throws IllegalArgumentException if the array is not float32, dense and in c order
   */
  public void read(String name, INDArray destination) {
    requireShape(tensor(name), Arrays.stream(destination.shape()).boxed().toList());
    if (!destination.isEmpty()) {
      readFloats(name, Tensors.floats(destination));
    }
  }

  private void requireShape(TensorEntry entry, List<Long> shape) {
    if (!entry.shape().equals(shape)) {
      throw failure(
          path,
          String.format(
              Locale.ROOT,
              "holds the tensor '%s' with the shape %s, but %s is needed. The file belongs to"
                  + " another model.",
              entry.name(),
              entry.shape(),
              shape),
          null);
    }
  }

  /**
   * Reads an F32 tensor into a buffer's remaining space, which it must fill exactly. The buffer's
   * position moves to its limit.
   *
   * @throws RoundelException if the tensor is missing, of another type or length, or unreadable
   */
  public void readFloats(String name, FloatBuffer destination) {
    TensorEntry entry = tensor(name);
    if (!entry.is(ElementType.F32) || entry.elements() != destination.remaining()) {
      throw failure(
          path,
          String.format(
              Locale.ROOT,
              "holds the tensor '%s' as %s elements of %s, but %s of F32 are needed. The file"
                  + " belongs to another model.",
              name,
              entry.elements(),
              entry.type(),
              destination.remaining()),
          null);
    }
    byte[] chunk = new byte[CHUNK_BYTES];
    FloatBuffer values = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    try {
      file.seek(dataStart + entry.begin());
      while (destination.hasRemaining()) {
        int count = Math.min(destination.remaining(), values.capacity());
        file.readFully(chunk, 0, count * Float.BYTES);
        destination.put(values.slice(0, count));
      }
    } catch (IOException failed) {
      throw unreadable(name, failed);
    }
  }

  /**
   * Reads an F32 tensor into a new array.
   *
   * @param shape the shape that it must have
   * @throws RoundelException if the tensor is missing, of another type or shape, or unreadable
   */
  public float[] readFloats(String name, List<Integer> shape) {
    requireShape(tensor(name), shape.stream().map(Integer::longValue).toList());
    float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
    readFloats(name, FloatBuffer.wrap(values));
    return values;
  }

  /**
   * Reads a tensor's bytes: its elements in little-endian order.
   *
   * @throws RoundelException if the tensor is missing, unreadable or too long for an array
   */
  public byte[] readBytes(String name) {
    TensorEntry entry = tensor(name);
    if (entry.bytes() > Integer.MAX_VALUE - 8) {
      throw failure(
          path,
          String.format(
              Locale.ROOT,
              "holds the tensor '%s' with %s bytes, too many for an array of bytes.",
              name,
              entry.bytes()),
          null);
    }
    byte[] bytes = new byte[(int) entry.bytes()];
    try {
      file.seek(dataStart + entry.begin());
      file.readFully(bytes);
    } catch (IOException failed) {
      throw unreadable(name, failed);
    }
    return bytes;
  }

  private RoundelException unreadable(String name, IOException e) {
    String reason = e instanceof EOFException ? "the file was cut meanwhile" : IoFailure.reason(e);
    return failure(path, "cannot be read at the tensor '" + name + "': " + reason + ".", e);
  }

  private static RoundelException failure(Path path, String message, @Nullable Throwable cause) {
    return new RoundelException(ErrorKind.CONFIGURATION, path + " " + message, cause);
  }

  private static void closeQuietly(RandomAccessFile file) {
    try {
      file.close();
    } catch (IOException failed) {
      // The failure that led here is the one to report; nothing was written.
      return;
    }
  }

  /** Closes the file. */
  @Override
  public void close() {
    closeQuietly(file);
  }
}

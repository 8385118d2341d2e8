package org.roundel.core.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roundel.core.RoundelException;
import org.roundel.core.run.IoFailure;

/**
 * The safetensors file format, which PyTorch, JAX and others read and write.
 *
 * <pre>
 *   8 bytes   n, the header's length, little-endian
 *   n bytes   header: {"__metadata__": {"key": "value"}, "name": {"dtype": "F32", "shape": [2, 3],
 *             "data_offsets": [0, 24]}, …} in UTF-8, padded with spaces to a multiple of 8
 *   the rest  the elements, little-endian, the last dimension fastest; offsets count from here
 * </pre>
 *
 * <p>The tensors' ranges cover the rest of the file without gap or overlap. So a tensor that
 * follows one of an odd length may lie at an address that is no multiple of its element size.
 */
public final class Safetensors {
  /** The longest header that is read or written, in bytes; the reference implementation's limit. */
  static final int MAX_HEADER_BYTES = 100_000_000;

  /** The header's key that holds text instead of a tensor. */
  static final String METADATA = "__metadata__";

  private static final JsonFactory JSON = new JsonFactory();
  private static final int CHUNK_BYTES = 1 << 16;

  private Safetensors() {}

  /**
   * Writes a file and puts it on the disk. The tensors stand in the file in the order given.
   *
   * @param path replaced where it exists, and not removed where writing fails
   * @param metadata text for the header, may be empty
   * @throws RoundelException if the file cannot be written
   * @throws IllegalArgumentException if two tensors have the same name, or one that is reserved
   */
  public static WrittenFile write(
      Path path, List<NamedTensor> tensors, Map<String, String> metadata) {
    try {
      return write(new DiskOperations(), path, tensors, metadata);
    } catch (IOException failed) {
      throw IoFailure.unwritable(path, failed);
    }
  }

  /**
   * Opens a file and checks its whole header; see {@link SafetensorsReader}.
   *
   * @throws RoundelException if the file cannot be read or is not well formed
   */
  public static SafetensorsReader open(Path path) {
    return SafetensorsReader.open(path);
  }

  static WrittenFile write(
      FileOperations operations, Path path, List<NamedTensor> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = header(tensors, metadata);
    try (HashingFile file = new HashingFile(operations, path)) {
      file.write(header, header.length);
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (NamedTensor tensor : tensors) {
        long offset = 0;
        while (offset < tensor.length()) {
          int count = tensor.copy(offset, chunk);
          file.write(chunk.array(), count);
          offset += count;
        }
      }
      return file.finish();
    }
  }

  /** Returns the length, the header and its padding. */
  private static byte[] header(List<NamedTensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(json)) {
      generator.writeStartObject();
      if (!metadata.isEmpty()) {
        generator.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          generator.writeStringField(entry.getKey(), entry.getValue());
        }
        generator.writeEndObject();
      }
      writeEntries(generator, tensors);
      generator.writeEndObject();
    }
    int length = (json.size() + 7) / 8 * 8;
    if (length > MAX_HEADER_BYTES) {
      throw new IllegalArgumentException("the names take a header of " + length + " bytes");
    }
    byte[] header = new byte[8 + length];
    Arrays.fill(header, (byte) ' ');
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(json.toByteArray());
    return header;
  }

  private static void writeEntries(JsonGenerator generator, List<NamedTensor> tensors)
      throws IOException {
    Set<String> names = new HashSet<>();
    long offset = 0;
    for (NamedTensor tensor : tensors) {
      if (tensor.name().equals(METADATA) || !names.add(tensor.name())) {
        throw new IllegalArgumentException(
            "the name " + tensor.name() + " is reserved or used twice");
      }
      generator.writeObjectFieldStart(tensor.name());
      generator.writeStringField("dtype", tensor.type().name());
      generator.writeArrayFieldStart("shape");
      for (long dimension : tensor.shape()) {
        generator.writeNumber(dimension);
      }
      generator.writeEndArray();
      generator.writeArrayFieldStart("data_offsets");
      generator.writeNumber(offset);
      offset += tensor.length();
      generator.writeNumber(offset);
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}

package org.roundel.core.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files in the safetensors format with one fault each. */
final class SafetensorsFaults {
  private SafetensorsFaults() {}

  /** Puts a file together from a header and the bytes after it. */
  static byte[] file(String header, byte[] data) {
    return file(header.getBytes(StandardCharsets.UTF_8), data);
  }

  private static byte[] file(byte[] header, byte[] data) {
    return claiming(header.length, header, data);
  }

  private static byte[] claiming(long length, byte[] header, byte[] data) {
    return ByteBuffer.allocate(8 + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header)
        .put(data)
        .array();
  }

  private static byte[] entry(String fields) {
    return file("{\"t\":" + fields + "}", new byte[8]);
  }

  private static byte[] two(String firstOffsets, String secondOffsets) {
    return file(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":"
            + firstOffsets
            + "},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":"
            + secondOffsets
            + "}}",
        new byte[8]);
  }

  /** Returns the files by the name of their fault. */
  static Map<String, byte[]> all() {
    String good = "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
    byte[] goodFile = entry(good);
    Map<String, byte[]> faults = new LinkedHashMap<>();
    faults.put("empty-file", new byte[0]);
    faults.put("seven-bytes", new byte[7]);
    faults.put("cut-in-header", Arrays.copyOf(goodFile, 30));
    faults.put("cut-in-data", Arrays.copyOf(goodFile, goodFile.length - 1));
    faults.put("trailing-data", Arrays.copyOf(goodFile, goodFile.length + 1));
    faults.put("header-over-limit", claiming(100_000_001L, new byte[2], new byte[0]));
    faults.put("header-negative", claiming(-1, new byte[2], new byte[0]));
    faults.put("header-empty", claiming(0, new byte[0], new byte[0]));
    faults.put("not-an-object", file("[1,2]", new byte[0]));
    faults.put("byte-order-mark", file("\uFEFF{}", new byte[0]));
    faults.put("utf-16", file("{}".getBytes(StandardCharsets.UTF_16LE), new byte[0]));
    faults.put("not-utf-8", file(new byte[] {'{', '"', (byte) 0xff, '"', '}'}, new byte[0]));
    faults.put("broken-json", file("{\"t\":" + good, new byte[8]));
    faults.put("second-value", file("{}{}", new byte[0]));
    faults.put("padded-with-zeros", file("{}\0\0", new byte[0]));
    faults.put("deep-nesting", entry("{\"x\":" + "[".repeat(5000)));
    faults.put("duplicate-name", file("{\"t\":" + good + ",\"t\":" + good + "}", new byte[8]));
    faults.put("duplicate-field", entry(good.replace("{", "{\"dtype\":\"F32\",")));
    faults.put("metadata-not-object", file("{\"__metadata__\":1}", new byte[0]));
    faults.put("metadata-not-text", file("{\"__metadata__\":{\"a\":1}}", new byte[0]));
    faults.put("entry-not-object", entry("3"));
    faults.put("field-missing", entry("{\"dtype\":\"F32\",\"shape\":[2]}"));
    faults.put("unknown-type-reversed", entry(good.replace("F32", "F4").replace("0,8", "8,0")));
    faults.put("type-not-text", entry(good.replace("\"F32\"", "32")));
    faults.put("shape-not-array", entry(good.replace("[2]", "2")));
    faults.put("shape-negative", entry(good.replace("[2]", "[-2]")));
    faults.put("shape-fraction", entry(good.replace("[2]", "[2.0]")));
    faults.put("shape-beyond-64-bit", entry(good.replace("[2]", "[18446744073709551618]")));
    faults.put("shape-overflow", entry(good.replace("[2]", "[4294967296,4294967296,2]")));
    faults.put("shape-overflow-to-fit", entry(good.replace("[2]", "[4611686018427387906]")));
    faults.put("shape-too-long", entry(good.replace("[2]", "[2" + ",1".repeat(32) + "]")));
    faults.put("shape-against-range", entry(good.replace("[2]", "[3]")));
    faults.put("one-offset", entry(good.replace("[0,8]", "[8]")));
    faults.put("three-offsets", entry(good.replace("[0,8]", "[0,8,8]")));
    faults.put("offsets-reversed", entry(good.replace("[0,8]", "[8,0]")));
    faults.put("offsets-beyond-file", entry(good.replace("[0,8]", "[0,16]").replace("[2]", "[4]")));
    faults.put("gap-at-start", file("{\"t\":" + good.replace("[0,8]", "[1,9]") + "}", new byte[9]));
    faults.put("gap", two("[0,4]", "[5,9]"));
    faults.put("overlap", two("[0,4]", "[3,7]"));
    faults.put("same-range", two("[0,4]", "[0,4]"));
    return faults;
  }
}

package org.roundel.kit.exporter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.roundel.api.exporter.ExportFiles;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.net.ShippedNet;
import org.roundel.kit.rule.RuleViolation;

/** The files of an export, in memory; for tests of exporters. */
public final class MemoryFiles implements ExportFiles {
  /** The name of the file that is asked for. */
  public static final String MAIN = "net.out";

  private static final String NAME_PATTERN = "[A-Za-z0-9_-][A-Za-z0-9_.-]*";

  private final Map<String, Content> files = new LinkedHashMap<>();

  private MemoryFiles() {}

  private static final class Content extends ByteArrayOutputStream {
    private boolean closed;

    @Override
    public void close() {
      closed = true;
    }
  }

  /**
   * Writes a net.
   *
   * @return the bytes of each file, by name
   * @throws RuleViolation if a file is not opened as it should be, or left open
   */
  public static Map<String, byte[]> write(Exporter exporter, ShippedNet net) throws IOException {
    MemoryFiles files = new MemoryFiles();
    exporter.export(net, files);
    Map<String, byte[]> written = new LinkedHashMap<>();
    files.files.forEach(
        (name, content) -> {
          if (!content.closed) {
            throw RuleViolation.of("the file " + name + " left open", "every file closed");
          }
          written.put(name, content.toByteArray());
        });
    if (!written.containsKey(MAIN)) {
      throw RuleViolation.of("files " + written.keySet(), "the file that the user asked for");
    }
    return written;
  }

  @Override
  public String mainName() {
    return MAIN;
  }

  @Override
  public OutputStream openMain() {
    return open(MAIN);
  }

  @Override
  public OutputStream openBeside(String name) {
    if (!name.matches(NAME_PATTERN) || name.equals(MAIN)) {
      throw RuleViolation.of("a file called '" + name + "'", NAME_PATTERN + ", not " + MAIN);
    }
    return open(name);
  }

  private OutputStream open(String name) {
    Content content = new Content();
    if (files.put(name, content) != null) {
      throw RuleViolation.of("the file " + name + " opened twice", "once");
    }
    return content;
  }
}

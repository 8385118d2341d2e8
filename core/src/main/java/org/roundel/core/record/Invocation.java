package org.roundel.core.record;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.roundel.core.natives.ComputeThreads;

/**
 * How the program was called, for the record of a run.
 *
 * @param command the command line, word by word
 */
public record Invocation(List<String> command) {
  /** A call that was not by a command line. */
  public static final Invocation NONE = new Invocation(List.of());

  /** A name and password in an address, which no record is to have; another @ may be in them. */
  private static final Pattern ACCESS = Pattern.compile("(?<=://)[^/\\s]*@");

  /** What an address has behind its question mark, where a key may stand. */
  private static final Pattern QUERY = Pattern.compile("(://[^?\\s]*\\?)\\S+");

  /** Copies the list, without what gives access to the addresses in it. */
  public Invocation {
    command = command.stream().map(Invocation::withoutAccess).toList();
  }

  private static String withoutAccess(String word) {
    String open = ACCESS.matcher(word).replaceAll("…@");
    return QUERY.matcher(open).replaceAll("$1…");
  }

  /**
   * Returns the record of a session of a run, made by this call.
   *
   * @param started when
   * @param position where the run starts or goes on
   * @param differences what may make the numbers differ from what was trained before
   */
  public ObjectNode toJson(Instant started, RunPosition position, List<String> differences) {
    ObjectNode session = JsonNodeFactory.instance.objectNode();
    session.put("started", started.toString());
    command.forEach(session.putArray("command")::add);
    session.put("directory", Path.of("").toAbsolutePath().toString());
    session.put("roundel", RunOrigin.version());
    session.put("epoch", position.epoch());
    session.put("step", position.stepsDone());
    session.put("threads", ComputeThreads.count());
    if (!differences.isEmpty()) {
      differences.forEach(session.putArray("differences")::add);
    }
    return session;
  }
}

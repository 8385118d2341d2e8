package org.roundel.sweep.lease;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A process that holds leases.
 *
 * @param host the machine's name, for people
 * @param pid the process's number there
 * @param user who runs it
 * @param machine what tells this start of the machine, and the processes that see one another's
 *     numbers, from all others; empty where the system does not say
 * @param started when the process started, in the system's own unit; empty where it does not say
 * @param id a random text, of this process alone
 */
public record Owner(String host, long pid, String user, String machine, String started, String id) {
  private static final Path PROCESSES = Path.of("/proc");

  /** Where the start time stands in Linux's line on a process, counted behind its name. */
  private static final int STATE_FIELD = 0;

  private static final int START_FIELD = 19;

  /** Returns this process, with an id that no other call returns. */
  public static Owner ofThisProcess() {
    long pid = ProcessHandle.current().pid();
    String[] line = processLine(pid);
    return new Owner(
        hostName(),
        pid,
        System.getProperty("user.name", ""),
        thisMachine(),
        line.length > START_FIELD ? line[START_FIELD] : "",
        UUID.randomUUID().toString());
  }

  /**
   * Returns whether this process is known to have ended: one of the same start of the same machine,
   * whose number is nobody's now, or another's. Of all others nothing is known.
   */
  boolean hasEnded(Owner asking) {
    boolean visible =
        !machine.isEmpty()
            && !started.isEmpty()
            && machine.equals(asking.machine)
            // Others' processes may be hidden.
            && user.equals(asking.user);
    if (!visible) {
      return false;
    }
    String[] line = processLine(pid);
    if (line.length == 0) {
      return Files.notExists(PROCESSES.resolve(Long.toString(pid)));
    }
    boolean over = line[STATE_FIELD].equals("Z") || line[STATE_FIELD].equals("X");
    return over || (line.length > START_FIELD && !line[START_FIELD].equals(started));
  }

  /** Returns what Linux says of a process behind its name, which may have blanks; else nothing. */
  private static String[] processLine(long pid) {
    try {
      String line = Files.readString(PROCESSES.resolve(Long.toString(pid)).resolve("stat"));
      return line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
    } catch (IOException | RuntimeException unknown) {
      return new String[0];
    }
  }

  private static String thisMachine() {
    try {
      return Files.readString(PROCESSES.resolve("sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid"));
    } catch (IOException | RuntimeException unknown) {
      return "";
    }
  }

  private static String hostName() {
    try {
      // Quicker than the network, where there is such a file.
      return Files.readString(PROCESSES.resolve("sys/kernel/hostname")).strip();
    } catch (IOException | RuntimeException elsewhere) {
      return networkName();
    }
  }

  private static String networkName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      String name = System.getenv("HOSTNAME");
      return name == null || name.isBlank() ? "unknown" : name;
    }
  }

  /** Returns where it runs, for people. */
  public String place() {
    return host + ", process " + pid;
  }
}

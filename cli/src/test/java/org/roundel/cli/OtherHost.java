package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Another host, as far as programs can tell: a network namespace of Linux, joined to this one by a
 * cable of its own. Needs the command {@code ip}, the right to make namespaces, and nothing that
 * stops what comes by the cable; where one of these is missing the test is skipped, and says which.
 */
public final class OtherHost implements AutoCloseable {
  /** Within the 15 characters that a link's name may have; several processes may have one each. */
  private final String number = Long.toString(ProcessHandle.current().pid() % 1_000_000);

  private final String namespace = "roundel-" + number;
  private final String cable = "rdl" + number;
  private final String net = freeNet();

  private OtherHost() {}

  /** Makes a host and joins it to this one. */
  public static OtherHost join() throws Exception {
    OtherHost host = new OtherHost();
    try {
      host.lay();
      return host;
    } catch (Throwable failed) {
      host.close();
      throw failed;
    }
  }

  private void lay() throws Exception {
    String refusal = tell("ip", "netns", "add", namespace);
    assumeThat(refusal).as("what is said when a network namespace is made").isEmpty();
    must("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", namespace);
    must("ip", "address", "add", here() + "/30", "dev", cable);
    plugIn();
    must("ip", "-n", namespace, "address", "add", there() + "/30", "dev", "eth0");
    must("ip", "-n", namespace, "link", "set", "eth0", "up");
    must("ip", "-n", namespace, "link", "set", "lo", "up");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(here()))) {
      String connect = "exec 3<>/dev/tcp/" + here() + "/" + server.getLocalPort();
      List<String> command = new ArrayList<>(command());
      command.addAll(List.of("timeout", "20", "bash", "-c", connect + " && echo joined"));
      assumeThat(tell(command.toArray(new String[0])))
          .as("a connection by the cable; is there a firewall?")
          .isEqualTo("joined");
    }
  }

  /** A net that no link of this machine has, not even one that a killed test has left. */
  private static String freeNet() {
    try {
      Set<String> taken =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .map(InetAddress::getHostAddress)
              .collect(Collectors.toSet());
      long first = ProcessHandle.current().pid();
      for (long next = first; next < first + 256; next++) {
        String net = "10.219." + next % 256 + ".";
        if (taken.stream().noneMatch(address -> address.startsWith(net))) {
          return net;
        }
      }
      throw new IllegalStateException("every net 10.219.* is taken: " + taken);
    } catch (IOException unknown) {
      throw new IllegalStateException("the links of this machine cannot be listed", unknown);
    }
  }

  /** Returns the address of this host for the other. */
  public String here() {
    return net + "1";
  }

  /** Returns the address of the other host. */
  public String there() {
    return net + "2";
  }

  /** Returns the words before those of a command that is to run on the other host. */
  public List<String> command() {
    return List.of("ip", "netns", "exec", namespace);
  }

  /** Pulls the cable out. */
  void unplug() throws Exception {
    must("ip", "link", "set", cable, "down");
  }

  /** Puts the cable in again. */
  void plugIn() throws Exception {
    must("ip", "link", "set", cable, "up");
  }

  @Override
  public void close() throws Exception {
    // At once, and not when the last process there has ended.
    tell("ip", "link", "delete", cable);
    tell("ip", "netns", "delete", namespace);
  }

  private static void must(String... command) throws Exception {
    assertThat(tell(command)).as("%s", List.of(command)).isEmpty();
  }

  /** Returns what a command prints, which ends within a minute. */
  public static String tell(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException missing) {
      return "there is no command " + command[0];
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return said.strip();
  }
}

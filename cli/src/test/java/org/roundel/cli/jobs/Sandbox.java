package org.roundel.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A root directory in namespaces of its own (mounts, processes, network), as a container or a
 * service has it: this system's programs, a {@code /tmp} of its own, and nothing that may be
 * written but what is said.
 *
 * <p>That takes Linux and root; without, tests are skipped and say so.
 *
 * @param root what the program sees as {@code /}
 * @param readOnly whether nothing in it may be written but the writable directories and /tmp
 * @param user the number of the user and of the group
 * @param environment all variables
 * @param directory the working directory
 * @param mounts directories of this system, by where they are seen
 */
record Sandbox(
    Path root,
    boolean readOnly,
    int user,
    Map<String, String> environment,
    String directory,
    Map<String, Mount> mounts) {

  /** A directory that is seen somewhere. */
  record Mount(Path directory, boolean writable) {}

  /** Where it finds Java, as images of Eclipse Temurin have it. */
  static final String JAVA_HOME = "/opt/java/openjdk";

  private static final String PATH =
      JAVA_HOME + "/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Makes the root before it is entered: what is seen there, and last of all that it stays so. */
  private static final String ENTER =
      """
      set -eu
      root=$1 read_only=$2 directory=$3 user=$4
      shift 4
      ip link set lo up
      mount --bind "$root" "$root"
      see() {
        mkdir -p "$root$2"
        mount --bind "$1" "$root$2"
        [ "$3" = true ] || mount -o remount,bind,ro "$root$2"
      }
      for name in usr bin sbin lib lib32 lib64; do
        if [ -h "/$name" ]; then ln -sfn "$(readlink "/$name")" "$root/$name"
        elif [ -d "/$name" ]; then see "/$name" "/$name" false; fi
      done
      mkdir -p "$root/etc" "$root/proc" "$root/sys" "$root/dev" "$root/run" "$root/tmp"
      mount -t tmpfs -o mode=755 tmpfs "$root/etc"
      cp -a /etc/. "$root/etc"
      mount -t proc proc "$root/proc"
      mount --rbind /sys "$root/sys"
      mount --rbind /dev "$root/dev"
      while [ "$1" != -- ]; do
        see "$1" "$2" "$3"
        shift 3
      done
      shift
      mount -o remount,ro "$root/etc"
      if [ "$read_only" = true ]; then mount -o remount,bind,ro "$root"; fi
      mount -t tmpfs -o mode=1777,noexec,nosuid,nodev tmpfs "$root/tmp"
      # The steps of an image may use root's rights, what runs in it has none.
      if [ "$read_only" = true ]; then rights="--no-new-privs --inh-caps=-all --bounding-set=-all"; fi
      exec chroot "$root" setpriv --reuid "$user" --regid "$user" --clear-groups ${rights:-} \\
        env --chdir="$directory" "$@"
      """;

  private static final List<String> NAMESPACES =
      List.of("unshare", "--mount", "--net", "--pid", "--fork", "--kill-child");

  /** Skips a test where there can be none. */
  static void require() throws IOException, InterruptedException {
    String reason;
    try {
      List<String> command = new ArrayList<>(NAMESPACES);
      command.addAll(List.of("sh", "-c", "ip link set lo up && mount -t tmpfs tmpfs /mnt"));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      reason = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() == 0) {
        return;
      }
    } catch (IOException missing) {
      reason = missing.getMessage();
    }
    String skipped = "DID NOT RUN: a root directory of its own takes Linux and root: " + reason;
    System.err.println(skipped);
    Assumptions.abort(skipped);
  }

  /** Returns the variables that a program has to begin with. */
  static Map<String, String> basicEnvironment() {
    return new TreeMap<>(Map.of("PATH", PATH, "JAVA_HOME", JAVA_HOME, "LANG", "C.UTF-8"));
  }

  /** Starts a program, which is the first process there is; its output goes to a file. */
  Running start(List<String> program, Path output) throws IOException {
    List<String> command = new ArrayList<>(NAMESPACES);
    command.addAll(List.of("sh", "-c", ENTER, "enter", root.toString()));
    command.addAll(List.of(String.valueOf(readOnly), directory, String.valueOf(user)));
    Map<String, Mount> all = new TreeMap<>(mounts);
    all.put(JAVA_HOME, new Mount(Path.of(System.getProperty("java.home")), false));
    all.forEach(
        (seen, mount) ->
            command.addAll(
                List.of(mount.directory().toString(), seen, String.valueOf(mount.writable()))));
    command.addAll(List.of("--", "-i"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(program);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Running(process, output);
  }

  /** A program in a sandbox. */
  record Running(Process process, Path output) {
    /** Waits until it has printed a text. */
    void await(String text) throws IOException, InterruptedException {
      while (!text().contains(text)) {
        assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
            .as("ended without '%s': %s", text, text())
            .isFalse();
      }
    }

    String text() throws IOException {
      return Files.readString(output);
    }

    /** Returns the number that this system knows its first process by. */
    private String first() {
      return Long.toString(process.children().findFirst().orElseThrow().pid());
    }

    /** Sends the first process a signal. */
    void signal(String name) throws IOException, InterruptedException {
      assertThat(new ProcessBuilder("kill", "-" + name, first()).start().waitFor()).isZero();
    }

    /** Runs another program beside it, and returns its exit code. */
    int beside(List<String> program) throws IOException, InterruptedException {
      List<String> command =
          new ArrayList<>(List.of("nsenter", "--target", first(), "--mount", "--net", "--pid"));
      command.addAll(List.of("--root", "--wd"));
      command.addAll(program);
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }

    /** Waits for the end, and returns the exit code. */
    int end() throws InterruptedException {
      return process.waitFor();
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }
}

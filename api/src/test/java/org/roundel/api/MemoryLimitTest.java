package org.roundel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories as Linux has them, on machines and in containers of several kinds. */
class MemoryLimitTest {
  private static final String V1_MOUNTS =
      """
      22 1 8:1 / / rw - ext4 /dev/sda1 rw
      31 22 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
      32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
      35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
      """;
  private static final String V2_MOUNT =
      "30 22 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";

  @TempDir private Path root;

  @Test
  void withoutGroupsThereIsNoLimit() throws IOException {
    assertThat(MemoryLimit.of(root)).isEmpty();
    mounts("22 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
    assertThat(MemoryLimit.of(root)).isEmpty();
    groups("4:memory:/job\n0::/\n");
    assertThat(MemoryLimit.of(root)).isEmpty();
    assertThat(MemoryLimit.ofProcess()).isNotNull();
  }

  @Test
  void versionOneCountsWhatTheGroupUses() throws IOException {
    mounts(V1_MOUNTS);
    groups("4:cpu,cpuacct:/elsewhere\n3:memory:/job\n");
    group("sys/fs/cgroup/memory", "memory.limit_in_bytes", "9223372036854771712\n");
    group("sys/fs/cgroup/memory/job", "memory.limit_in_bytes", "1000000\n");
    assertThat(MemoryLimit.of(root)).contains(limit(1_000_000, 1_000_000, "memory/job"));
    group("sys/fs/cgroup/memory/job", "memory.usage_in_bytes", "700000\n");
    assertThat(MemoryLimit.of(root)).contains(limit(1_000_000, 300_000, "memory/job"));
    group(
        "sys/fs/cgroup/memory/job",
        "memory.stat",
        """
        cache 9
        inactive_file 7
        total_inactive_file 150000
        total_active_file 60000
        total_mapped_file 10000
        """);
    assertThat(MemoryLimit.of(root)).contains(limit(1_000_000, 500_000, "memory/job"));
  }

  /** As Slurm nests them: user, job, step; the one between leaves the least. */
  @Test
  void theGroupThatLeavesTheLeastCounts() throws IOException {
    mounts(V1_MOUNTS);
    groups("3:memory:/slurm/uid_1/job_7/step_0\n");
    group("sys/fs/cgroup/memory/slurm/uid_1/job_7/step_0", "memory.limit_in_bytes", "5000\n");
    group("sys/fs/cgroup/memory/slurm/uid_1/job_7", "memory.limit_in_bytes", "9000\n");
    group("sys/fs/cgroup/memory/slurm/uid_1/job_7", "memory.usage_in_bytes", "8000\n");
    group("sys/fs/cgroup/memory/slurm", "memory.limit_in_bytes", "2000\n");
    assertThat(MemoryLimit.of(root)).contains(limit(9000, 1000, "memory/slurm/uid_1/job_7"));
  }

  /** A container without a view of its own: its group is mounted on top. */
  @Test
  void aContainerSeesItsGroupAtTheMount() throws IOException {
    mounts(V1_MOUNTS.replace("0:32 / ", "0:32 /docker/abc "));
    groups("3:memory:/docker/abc\n");
    group("sys/fs/cgroup/memory", "memory.limit_in_bytes", "4000\n");
    assertThat(MemoryLimit.of(root)).contains(limit(4000, 4000, "memory"));
    groups("3:memory:/docker/abc/inner\n");
    group("sys/fs/cgroup/memory/inner", "memory.limit_in_bytes", "3000\n");
    assertThat(MemoryLimit.of(root)).contains(limit(3000, 3000, "memory/inner"));
    groups("3:memory:/another/place\n");
    assertThat(MemoryLimit.of(root)).contains(limit(4000, 4000, "memory"));
    groups("3:memory:/docker/abcdef\n");
    assertThat(MemoryLimit.of(root)).contains(limit(4000, 4000, "memory"));
  }

  @Test
  void versionOneTellsOfGroupsThatCannotBeSeen() throws IOException {
    mounts(V1_MOUNTS);
    groups("3:memory:/\n");
    group("sys/fs/cgroup/memory", "memory.limit_in_bytes", "9223372036854771712\n");
    group("sys/fs/cgroup/memory", "memory.stat", "cache 0\nhierarchical_memory_limit 6000\n");
    assertThat(MemoryLimit.of(root)).contains(limit(6000, 6000, "memory"));
  }

  @Test
  void versionTwoHasALimitAndAMarkFromWhichItIsSlow() throws IOException {
    mounts(V2_MOUNT);
    groups("0::/kubepods/pod1/c1\n");
    String pod = "sys/fs/cgroup/kubepods/pod1";
    group(pod + "/c1", "memory.max", "max\n");
    group(pod + "/c1", "memory.high", "max\n");
    assertThat(MemoryLimit.of(root)).isEmpty();
    group(pod, "memory.max", "8000\n");
    group(pod, "memory.current", "7000\n");
    group(pod, "memory.stat", "anon 1\nfile_mapped 500\ninactive_file 600\nactive_file 200\n");
    assertThat(MemoryLimit.of(root))
        .contains(new MemoryLimit(8000, 1300, root.resolve(pod + "/memory.max")));
    group(pod + "/c1", "memory.high", "1200\n");
    assertThat(MemoryLimit.of(root))
        .contains(new MemoryLimit(1200, 1200, root.resolve(pod + "/c1/memory.high")));
  }

  @Test
  void aContainerWithAViewOfItsOwnIsAtTheTop() throws IOException {
    mounts(V2_MOUNT);
    group("sys/fs/cgroup", "memory.max", "8000\n");
    for (String place : new String[] {"/", "/../..", "/../other", ""}) {
      groups("0::" + place + "\n");
      assertThat(MemoryLimit.of(root))
          .as(place)
          .contains(new MemoryLimit(8000, 8000, root.resolve("sys/fs/cgroup/memory.max")));
    }
  }

  /** Both versions at once: memory is in version 1, version 2 is there for systemd alone. */
  @Test
  void bothVersionsAreLookedAt() throws IOException {
    mounts(V1_MOUNTS + "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n");
    groups("3:memory:/job\n0::/job\n");
    group("sys/fs/cgroup/memory/job", "memory.limit_in_bytes", "5000\n");
    Files.createDirectories(root.resolve("sys/fs/cgroup/unified/job"));
    assertThat(MemoryLimit.of(root)).contains(limit(5000, 5000, "memory/job"));
  }

  @Test
  void useAboveTheLimitLeavesNothing() throws IOException {
    mounts(V2_MOUNT);
    groups("0::/\n");
    group("sys/fs/cgroup", "memory.max", "0\n");
    group("sys/fs/cgroup", "memory.current", "900\n");
    assertThat(MemoryLimit.of(root).orElseThrow().available()).isZero();
  }

  @Test
  void aMountPointWithABlankIsFound() throws IOException {
    mounts("30 22 0:26 / /my\\040groups rw - cgroup2 cgroup2 rw\n");
    groups("0::/a b\n");
    group("my groups/a b", "memory.max", "77\n");
    assertThat(MemoryLimit.of(root).orElseThrow().bytes()).isEqualTo(77);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "many", "-5", "99999999999999999999999", "1e6", "\u0000\u0001", "0x10"})
  void whatIsNoNumberIsNoLimit(String text) throws IOException {
    mounts(V2_MOUNT);
    groups("0::/\n");
    group("sys/fs/cgroup", "memory.max", text);
    assertThat(MemoryLimit.of(root)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " - ",
        "- cgroup2",
        "1 2 3 4  - cgroup2",
        "30 22 0:26 / \u0000 rw - cgroup2 cgroup2 rw",
        "30 22 0:26 / relative rw - cgroup2 cgroup2 rw",
        "30 22 0:26 / /sys/fs/cgroup rw -"
      })
  void malformedMountsAreLeftOut(String line) throws IOException {
    mounts(line + "\n" + V2_MOUNT);
    groups("no colon\n::::\n0::/\u0000\n");
    group("sys/fs/cgroup", "memory.max", "1000\n");
    assertThat(MemoryLimit.of(root).orElseThrow().bytes()).isEqualTo(1000);
  }

  /** Another limit than a file of that name sets: a directory, and one without end. */
  @Test
  void filesOfAnotherKindSetNoLimit() throws IOException {
    mounts(V2_MOUNT);
    groups("0::/\n");
    Files.createDirectories(root.resolve("sys/fs/cgroup/memory.max"));
    Files.createSymbolicLink(root.resolve("sys/fs/cgroup/memory.high"), Path.of("/dev/zero"));
    assertThat(MemoryLimit.of(root)).isEmpty();
  }

  private MemoryLimit limit(long bytes, long available, String group) {
    return new MemoryLimit(
        bytes, available, root.resolve("sys/fs/cgroup/" + group + "/memory.limit_in_bytes"));
  }

  private void mounts(String lines) throws IOException {
    group("proc/self", "mountinfo", lines);
  }

  private void groups(String lines) throws IOException {
    group("proc/self", "cgroup", lines);
  }

  private void group(String directory, String file, String content) throws IOException {
    Files.writeString(Files.createDirectories(root.resolve(directory)).resolve(file), content);
  }
}

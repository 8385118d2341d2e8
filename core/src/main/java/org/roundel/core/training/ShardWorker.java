package org.roundel.core.training;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.natives.ComputeThreads;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.ThreadContextClassLoader;
import org.roundel.core.plugin.load.PluginLoader;
import org.roundel.core.record.ShardRun;
import org.roundel.core.shard.BlockPass;

/**
 * A process of a {@link org.roundel.core.shard.Cluster}: computes blocks of the parts of a run's
 * batches. It opens a run with the first task of it, and has one open at a time. Thread-safe; tasks
 * are computed one after another.
 */
public final class ShardWorker implements BinaryOperator<byte[]> {
  private final String name;
  private final PluginRegistry registry;
  private byte[] opened = {};
  private @Nullable ShardSession session;

  /**
   * Makes the worker of a process.
   *
   * @param name what it is called where it refuses a run
   * @param plugins the directory of the plugins
   */
  public ShardWorker(String name, Path plugins) {
    this(name, PluginLoader.load(plugins));
  }

  /** Makes one of plugins that are loaded; closed by whoever has loaded them. */
  ShardWorker(String name, PluginRegistry registry) {
    this.name = name;
    this.registry = registry;
  }

  /**
   * Computes a task.
   *
   * @param shared what all tasks of an update are given
   * @param task what this one is given
   * @return its result, or why the run cannot be computed here
   */
  @Override
  public synchronized byte[] apply(byte[] shared, byte[] task) {
    try {
      return compute(shared, task);
    } catch (RoundelException refusal) {
      return refused(refusal.kind(), refusal);
    } catch (InvalidInputException refusal) {
      return refused(ErrorKind.CONFIGURATION, refusal);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private byte[] compute(byte[] shared, byte[] task) throws IOException {
    byte[] bytes = BlockPass.run(shared);
    ShardRun run = ShardRun.read(bytes);
    run.requireVersion();
    // The count is the thread's, and whoever calls has many.
    ComputeThreads.set(run.threads());
    ShardSession open = session(bytes, run);
    if (BlockPass.step(shared) == 0) {
      return BlockPass.opened();
    }
    try (ThreadContextClassLoader context = ThreadContextClassLoader.of(open.classLoader())) {
      return open.compute(shared, BlockPass.range(task));
    }
  }

  private ShardSession session(byte[] bytes, ShardRun run) {
    ShardSession open = session;
    if (open == null || !Arrays.equals(bytes, opened)) {
      if (open != null) {
        session = null;
        open.close();
      }
      open = new ShardSession(new TrainingSessions(registry, Clock.SYSTEM), run);
      session = open;
      opened = bytes;
    }
    return open;
  }

  private byte[] refused(ErrorKind kind, RuntimeException refusal) {
    return BlockPass.refused(new RoundelException(kind, name + ": " + refusal.getMessage()));
  }
}

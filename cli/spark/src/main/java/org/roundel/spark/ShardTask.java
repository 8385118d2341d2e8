package org.roundel.spark;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BinaryOperator;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** Computes a task in an executor, by the worker that its process has. */
final class ShardTask implements Function<byte[], byte[]> {
  private static final long serialVersionUID = 1L;

  /** As the program writes it, before the reason. */
  private static final byte REFUSED = 1;

  /** One for the process: native code loads once, and a net stays compiled. */
  private static @Nullable BinaryOperator<byte[]> worker;

  private final Broadcast<byte[]> shared;
  private final String home;

  /**
   * Makes one.
   *
   * @param home where the program is installed on the executors' machines
   */
  ShardTask(Broadcast<byte[]> shared, String home) {
    this.shared = shared;
    this.home = home;
  }

  @Override
  public byte[] call(byte[] task) throws Exception {
    String name = executor();
    BinaryOperator<byte[]> own;
    try {
      own = worker("executor " + name, Path.of(home));
    } catch (IOException refused) {
      byte[] reason =
          ("executor " + name + ": " + refused.getMessage()).getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(1 + reason.length).put(REFUSED).put(reason).array();
    }
    return own.apply(shared.value(), task);
  }

  /** Returns what people call the executor that this process is. */
  static String executor() {
    SparkEnv own = SparkEnv.get();
    return own.executorId() + " on " + own.blockManager().blockManagerId().host();
  }

  private static synchronized BinaryOperator<byte[]> worker(String name, Path home)
      throws IOException, ReflectiveOperationException {
    BinaryOperator<byte[]> own = worker;
    if (own == null) {
      Installation installation = Installation.in(home);
      installation.setProperties();
      own = load(installation, name);
      worker = own;
    }
    return own;
  }

  @SuppressWarnings("unchecked")
  private static BinaryOperator<byte[]> load(Installation installation, String name)
      throws IOException, ReflectiveOperationException {
    ClassLoader program = installation.classLoader();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(program);
    try {
      return (BinaryOperator<byte[]>)
          program
              .loadClass("org.roundel.core.training.ShardWorker")
              .getConstructor(String.class, Path.class)
              .newInstance(name, installation.home().resolve("plugins"));
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw thrown;
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}

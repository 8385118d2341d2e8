package org.roundel.dl4j.program;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.roundel.onednn.net.OpenMp;

/** OpenMP's threads by way of ND4J, where oneDNN uses the same OpenMP library. */
final class OpenMpThreads implements OpenMp {
  private final NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();

  private OpenMpThreads() {}

  /** Returns them; null where oneDNN may come with an OpenMP of its own, which is not on Linux. */
  static @Nullable OpenMp ofOneDnn() {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    return linux ? new OpenMpThreads() : null;
  }

  @Override
  public int threads() {
    return operations.ompGetMaxThreads();
  }

  @Override
  public void setThreads(int threads) {
    operations.setOmpNumThreads(threads);
  }
}

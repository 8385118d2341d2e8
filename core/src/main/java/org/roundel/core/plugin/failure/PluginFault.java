package org.roundel.core.plugin.failure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Ends the loading of one plugin; carries the failure to report. Never leaves the loader. */
public final class PluginFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient PluginFailure failure;

  public PluginFault(PluginFailure failure) {
    super(failure.message(), failure.cause());
    this.failure = failure;
  }

  public static PluginFault of(Path location, String what, @Nullable Throwable cause, String hint) {
    return new PluginFault(new PluginFailure(location, null, null, what, cause, hint));
  }

  public PluginFailure failure() {
    return failure;
  }
}

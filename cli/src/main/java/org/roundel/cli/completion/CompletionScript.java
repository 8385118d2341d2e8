package org.roundel.cli.completion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.roundel.cli.recipe.Recipes;
import org.roundel.core.plugin.PluginRegistry;
import picocli.CommandLine;

/**
 * Writes the script that lets a shell complete commands, options and their values.
 *
 * <p>All shells ask the same program, in the language of the system's plain shell: it has the names
 * that the plugins offer now, and looks for runs and checkpoints when it is asked. To ask Roundel
 * itself would take Java's start for every key.
 */
public final class CompletionScript {
  private CompletionScript() {}

  /**
   * Returns the script.
   *
   * @param root the whole command line
   * @param registry the plugins whose names are completed
   * @param recipes those whose names are completed
   */
  public static String of(Shell shell, CommandLine root, PluginRegistry registry, Recipes recipes) {
    String tables = CommandTables.of(root) + new ComponentTables(registry, recipes).text();
    String engine = resource("engine.sh").replace("#TABLES#\n", tables).stripTrailing();
    if (shell == Shell.FISH) {
      // In fish's single quotes these two are written with a backslash.
      String quoted = engine.replace("\\", "\\\\").replace("'", "\\'");
      return resource("completion.fish").replace("#ENGINE#", quoted);
    }
    return resource("completion.bash").replace("#ENGINE#", engine);
  }

  private static String resource(String name) {
    try (InputStream in = CompletionScript.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

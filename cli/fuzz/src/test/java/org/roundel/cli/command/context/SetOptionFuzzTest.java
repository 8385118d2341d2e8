package org.roundel.cli.command.context;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.fuzz.Hostile;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

class SetOptionFuzzTest {
  private final CommandLine command = new CommandLine(CommandSpec.create());
  private final Hostile reader =
      Hostile.reader("--set", 1 << 22, 2000, RoundelException.class, ParameterException.class);

  /** One setting a line. */
  @DictionaryEntries({
    "epochs=",
    "quantizer.bits=",
    "learning-rate=1e",
    "seed=-1",
    "data-dir=~/",
    "quantize=",
    "init-from="
  })
  @FuzzTest
  void set(byte[] input) {
    String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", -1);
    reader.read(
        input.length,
        () -> {
          RunConfiguration configuration =
              RunConfiguration.of(Assignments.of(command, Arrays.asList(lines), "epochs=2"));
          RunSettings.ALL.forEach(configuration::get);
          configuration.changesTo(RunConfiguration.of(configuration.resolved()));
        });
  }
}

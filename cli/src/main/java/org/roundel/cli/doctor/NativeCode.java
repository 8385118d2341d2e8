package org.roundel.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.roundel.core.RoundelException;
import org.roundel.core.natives.NativeLibraries;
import org.roundel.report.terminal.Texts;
import org.roundel.winograd.VectorSupport;

/** The native libraries: where they lie, and whether each loads and computes. */
final class NativeCode {
  private NativeCode() {}

  static List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    Finding place = place();
    findings.add(place);
    if (place.problem() == null) {
      findings.add(Nd4jTrial.finding());
      findings.add(OneDnnTrial.finding());
      findings.add(convolutions());
      findings.add(openMp());
    }
    return findings;
  }

  private static Finding place() {
    String name = "Native code";
    String where =
        NativeLibraries.directory()
            .map(NativeCode::describe)
            .orElse("wherever JavaCPP finds or puts it");
    try {
      NativeLibraries.load();
      return Finding.of(name, where + "; loaded");
    } catch (RoundelException unusable) {
      return new Finding(name, where, Finding.sentence(unusable.getMessage()));
    }
  }

  private static String describe(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      long count = 0;
      long bytes = 0;
      for (Path file : (Iterable<Path>) files::iterator) {
        count++;
        bytes += Files.size(file);
      }
      return directory + ", " + count + " files, " + Texts.bytes(bytes);
    } catch (IOException unreadable) {
      return directory.toString();
    }
  }

  private static Finding convolutions() {
    String problem = VectorSupport.problem();
    return Finding.of(
        "Convolutions",
        problem == null
            ? "Winograd's in Java, vectors of " + VectorSupport.lanes() * Float.SIZE + " bits"
            : "oneDNN's, which take twice the time: " + problem);
  }

  private static Finding openMp() {
    List<String> libraries = Libraries.openMp();
    return new Finding(
        "OpenMP",
        libraries.isEmpty() ? "not known here" : String.join(", ", libraries),
        libraries.size() > 1
            ? "More than one is loaded, so threads get in each other's way: unset LD_PRELOAD and"
                + " LD_LIBRARY_PATH."
            : null);
  }
}

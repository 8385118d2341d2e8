package org.roundel.core.ship;

import java.nio.file.Path;
import java.util.List;
import org.roundel.api.MessageText;
import org.roundel.api.net.ShippedNet;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/**
 * The net of a run's checkpoint.
 *
 * @param directory the run's
 * @param net what the checkpoint ships
 * @param epochsDone whole epochs that the run has behind it, whichever checkpoint this is
 * @param epochs how many it is to have; those that it has if it has lost its patience
 * @param notices what the user should know
 */
public record ShippedRun(
    Path directory, ShippedNet net, int epochsDone, int epochs, List<String> notices) {
  /** Copies the list. */
  public ShippedRun {
    notices = List.copyOf(notices);
  }

  /**
   * Refuses a run that is not finished.
   *
   * @throws RoundelException of kind CONFIGURATION
   */
  public void requireFinished() {
    if (epochsDone < epochs) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          directory
              + " is not finished: it has made "
              + epochsDone
              + " of "
              + epochs
              + " epochs. Go on with it by 'roundel resume "
              + MessageText.shellWord(directory)
              + "', which --epochs can end earlier.");
    }
  }
}

package org.roundel.api.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.roundel.api.ComponentFactory;
import org.roundel.api.Options;

/** Makes a {@link Dataset}, and knows the files it is made from. */
public interface DatasetFactory extends ComponentFactory {
  /**
   * Opens the dataset.
   *
   * @param options values of the declared options, already checked one by one
   * @param directory where the dataset's files are; ignored by a dataset that needs none
   * @throws IOException if a file cannot be read
   * @throws org.roundel.api.InvalidInputException if a file is missing or malformed; the message
   *     names it and says how to get it
   */
  Dataset create(Options options, Path directory) throws IOException;

  /**
   * Returns whether the dataset reads files of the user's, so that a directory must be given or
   * exist.
   */
  default boolean needsDirectory() {
    return true;
  }

  /**
   * Returns the files to download to get this dataset; empty if it cannot be downloaded or need not
   * be.
   */
  default List<Download> downloads() {
    return List.of();
  }

  /**
   * Brings a downloaded file, whose checksum has been verified, into the form that {@link #create}
   * reads. The default leaves it as it is.
   *
   * @param file a file of {@link #downloads()}, in {@code directory}
   * @param directory where the dataset's files go
   * @throws org.roundel.api.InvalidInputException if the file's content is not what it should be
   */
  default void unpack(Path file, Path directory) throws IOException {}

  /**
   * Checks the files that are there, without loading the whole dataset into memory.
   *
   * @param directory where the dataset's files are
   * @return a result for every expected file or folder of files, missing ones included; empty if
   *     there is nothing to check
   */
  default List<FileCheck> verify(Path directory) throws IOException {
    return List.of();
  }
}

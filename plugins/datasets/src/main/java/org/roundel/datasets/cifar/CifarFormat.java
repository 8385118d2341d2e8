package org.roundel.datasets.cifar;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.roundel.api.dataset.Download;
import org.roundel.api.model.InputShape;
import org.roundel.datasets.file.Clue;

/**
 * The official binary layout of a CIFAR dataset: files of records, each one or two label bytes and
 * then 1024 red, 1024 green and 1024 blue bytes, row by row.
 *
 * <p>Source: Alex Krizhevsky, <em>Learning Multiple Layers of Features from Tiny Images</em>, 2009,
 * and the layout's description at https://www.cs.toronto.edu/~kriz/cifar.html.
 *
 * @param name the dataset's
 * @param folder the directory inside the official archive
 * @param trainFiles names of the files of training images, in order
 * @param testFile name of the file of test images
 * @param recordsPerTrainFile how many images each of the training files has
 * @param recordsPerTestFile how many images the test file has
 * @param labelBytes 1, or 2 where a coarse label comes before the one that is used
 * @param classNamesFile the file that lists the classes' names, one a line; it may be missing
 * @param classNames the official names, used where there is no such file
 * @param means per channel on the scale 0 to 255, over the training images
 * @param standardDeviations the same
 * @param archive the official archive
 */
public record CifarFormat(
    String name,
    String folder,
    List<String> trainFiles,
    String testFile,
    int recordsPerTrainFile,
    int recordsPerTestFile,
    int labelBytes,
    String classNamesFile,
    List<String> classNames,
    List<Double> means,
    List<Double> standardDeviations,
    Download archive) {

  static final InputShape SHAPE = new InputShape(3, 32, 32);

  /** Normalisation constants as in He et al.'s public Torch code (fb.resnet.torch). */
  public static final CifarFormat CIFAR_10 =
      new CifarFormat(
          "cifar-10",
          "cifar-10-batches-bin",
          List.of(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin"),
          "test_batch.bin",
          10_000,
          10_000,
          1,
          "batches.meta.txt",
          List.of(
              "airplane",
              "automobile",
              "bird",
              "cat",
              "deer",
              "dog",
              "frog",
              "horse",
              "ship",
              "truck"),
          List.of(125.3, 123.0, 113.9),
          List.of(63.0, 62.1, 66.7),
          download("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530"));

  /** Constants from the same code as {@link #CIFAR_10}'s. */
  public static final CifarFormat CIFAR_100 =
      new CifarFormat(
          "cifar-100",
          "cifar-100-binary",
          List.of("train.bin"),
          "test.bin",
          50_000,
          10_000,
          2,
          "fine_label_names.txt",
          Cifar100Classes.NAMES,
          List.of(129.3, 124.1, 112.4),
          List.of(68.2, 65.4, 70.4),
          download("cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8"));

  private static Download download(String fileName, String md5) {
    return new Download(
        URI.create("https://www.cs.toronto.edu/~kriz/" + fileName),
        fileName,
        200_000_000,
        "MD5",
        md5);
  }

  /** Returns what people have in place of the binary layout. */
  List<Clue> clues() {
    String other = name.equals("cifar-10") ? "cifar-100" : "cifar-10";
    return List.of(
        Clue.of(Pattern.quote(archive.fileName()), Clue.Kind.ARCHIVE, ""),
        Clue.of(
            name + "(-batches-py|-python(\\.tar\\.gz)?)", Clue.Kind.FORM, "the version for Python"),
        Clue.of(
            name + "(-batches-mat|-matlab(\\.tar\\.gz)?)",
            Clue.Kind.FORM,
            "the version for Matlab"),
        Clue.of(
            other + "-(batches|binary|python|matlab)(-(bin|py|mat)|\\.tar\\.gz)?",
            Clue.Kind.OTHER,
            other));
  }

  int trainSize() {
    return recordsPerTrainFile * trainFiles.size();
  }

  /** Returns the length of one record in bytes. */
  int recordLength() {
    return labelBytes + SHAPE.length();
  }

  public int records(String file) {
    return file.equals(testFile) ? recordsPerTestFile : recordsPerTrainFile;
  }

  /** Returns the length that a file of images has to have, in bytes. */
  public long fileLength(String file) {
    return (long) records(file) * recordLength();
  }
}

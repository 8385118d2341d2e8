package org.roundel.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.FileCheck;
import org.roundel.datasets.cifar.CifarFactory;
import org.roundel.datasets.cifar.CifarFormat;
import org.roundel.datasets.fashion.FashionMnistFactory;
import org.roundel.datasets.folder.ImageFolderFactory;

/** What people are told whose files lie beside the place where they are looked for. */
class NearbyDataTest {
  private static final CifarFormat CIFAR_10 = Fixtures.small(CifarFormat.CIFAR_10);
  private static final CifarFormat CIFAR_100 = Fixtures.small(CifarFormat.CIFAR_100);

  private final DatasetFactory fashion =
      new FashionMnistFactory(Fixtures.TRAIN_SIZE, Fixtures.TEST_SIZE);
  private final DatasetFactory cifar = new CifarFactory(CIFAR_10);
  private final DatasetFactory folders = new ImageFolderFactory();

  @TempDir Path outer;

  /** torchvision's layout; MNIST's files have the same names. */
  @Test
  void torchvisionsFolderIsNamedAndNotThatOfMnist() throws IOException {
    Path data = outer.resolve("data");
    Fixtures.writeFashionMnist(data.resolve("MNIST/raw"), false);
    Fixtures.writeFashionMnist(data.resolve("ZalandosFashion/raw"), false);
    Path raw = data.resolve("ZalandosFashion/raw");
    String message = message(fashion, data);
    assertThat(message)
        .isEqualTo(
            "dataset fashion-mnist: "
                + data
                + " has none of the 4 files (train-images-idx3-ubyte, train-labels-idx1-ubyte"
                + " and 2 more); the files are in "
                + raw
                + ": give --data-dir "
                + raw);
    try (Dataset dataset = Fixtures.open(fashion, raw, Map.of())) {
      assertThat(dataset.classNames()).hasSize(10);
    }
    assertThat(message(fashion, data.resolve("MNIST")))
        .contains("; " + data.resolve("MNIST") + " belongs to MNIST, another dataset; download");
  }

  @Test
  void filesBesideAMisspeltDirectoryAreFound() throws IOException {
    Path data = outer.resolve("fashion mnist");
    Fixtures.writeFashionMnist(data, true);
    Path misspelt = outer.resolve("fashionmnist");
    assertThat(message(fashion, misspelt))
        .isEqualTo(
            "dataset fashion-mnist: there is no directory "
                + misspelt
                + "; the files are in "
                + data
                + ": give --data-dir '"
                + data
                + "'");
  }

  /** The commands are run as they are told, and then the files are read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s-images.idx3-ubyte|%s-labels.idx1-ubyte",
        "%s-images-idx3-ubyte (1).gz|%s-labels-idx1-ubyte (1).gz",
        "%S-IMAGES-IDX3-UBYTE|%S-LABELS-IDX1-UBYTE"
      })
  void otherSpellingsAreToldHowToBecomeTheRightOnes(String names)
      throws IOException, InterruptedException {
    Fixtures.writeFashionMnist(outer, names.endsWith(".gz"));
    for (String split : List.of("train", "t10k")) {
      for (int part = 0; part < 2; part++) {
        String right = split + (part == 0 ? "-images-idx3-ubyte" : "-labels-idx1-ubyte");
        Path file = outer.resolve(names.endsWith(".gz") ? right + ".gz" : right);
        Files.move(
            file, outer.resolve(String.format(Locale.ROOT, names.split("\\|")[part], split)));
      }
    }
    String message = message(fashion, outer);
    assertThat(message).contains("has none of the 4 files", "this gives them their names: mv ");
    run(message.substring(message.indexOf("mv ")));
    Fixtures.open(fashion, outer, Map.of()).close();
  }

  /** As in an archive that many people have. */
  @Test
  void filesInDirectoriesOfTheirOwnNamesAreTakenOutOfThem()
      throws IOException, InterruptedException {
    Fixtures.writeFashionMnist(outer.resolve("mnist"), false);
    Path data = Files.createDirectories(outer.resolve("fashion"));
    for (String split : List.of("train", "t10k")) {
      for (String part : List.of("images-idx3", "labels-idx1")) {
        String name = split + "-" + part + "-ubyte";
        Path own = Files.createDirectory(data.resolve(name));
        Files.move(outer.resolve("mnist").resolve(name), own.resolve(name));
      }
    }
    String message = message(fashion, data);
    run(message.substring(message.indexOf("mv ")));
    Fixtures.open(fashion, data, Map.of()).close();
  }

  @Test
  void upperCaseFilesOfCifarToo() throws IOException, InterruptedException {
    Fixtures.writeCifar(CIFAR_10, outer);
    Path folder = outer.resolve("cifar-10-batches-bin");
    for (String name : CIFAR_10.trainFiles()) {
      Files.move(folder.resolve(name), folder.resolve(name.toUpperCase(Locale.ROOT)));
    }
    String message = message(cifar, outer);
    run(message.substring(message.indexOf("mv ")));
    Fixtures.open(cifar, outer, Map.of()).close();
  }

  @Test
  void packedFilesOfCifarAreToldHowToBeUnpacked() throws IOException, InterruptedException {
    Fixtures.writeCifar(CIFAR_10, outer);
    Path file = outer.resolve("cifar-10-batches-bin/test_batch.bin");
    Files.write(
        file.resolveSibling("test_batch.bin.gz"), Fixtures.compressed(Files.readAllBytes(file)));
    Files.delete(file);
    String message = message(cifar, outer);
    run(message.substring(message.indexOf("gunzip ")));
    Fixtures.open(cifar, outer, Map.of()).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cifar-10-batches-bin/cifar-10-batches-bin",
        "CIFAR10/cifar-10-batches-bin",
        "x/y"
      })
  void foldersInFoldersAreFound(String place) throws IOException {
    Path folder = outer.resolve(place);
    Fixtures.writeCifar(CIFAR_10, outer.resolve("made"));
    Files.createDirectories(folder.getParent());
    Files.move(outer.resolve("made/cifar-10-batches-bin"), folder);
    assertThat(message(cifar, outer))
        .endsWith("the files are in " + folder + ": give --data-dir " + folder);
    Fixtures.open(cifar, folder, Map.of()).close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cifar-10-batches-py    | is the version for Python, which is not read; download what is:",
        "cifar-10-python.tar.gz | is the version for Python, which is not read; download what is:",
        "cifar-10-batches-mat   | is the version for Matlab, which is not read; download what is:",
        "cifar-100-binary       | belongs to cifar-100, another dataset; download cifar-10:",
        "cifar-100-python       | belongs to cifar-100, another dataset; download cifar-10:"
      })
  void otherFormsOfCifarAreCalledWhatTheyAre(String name, String hint) throws IOException {
    Path there = Files.createDirectory(outer.resolve(name));
    Files.createFile(there.resolve("data_batch_1"));
    assertThat(message(cifar, outer))
        .endsWith("; " + there + " " + hint + " roundel data fetch cifar-10 --data-dir " + outer);
  }

  @Test
  void theFolderOfTheOtherCifarItselfIsCalledWhatItIs() throws IOException {
    Fixtures.writeCifar(CIFAR_100, outer);
    assertThat(message(cifar, outer.resolve("cifar-100-binary")))
        .contains(outer.resolve("cifar-100-binary") + " belongs to cifar-100");
    Fixtures.writeCifar(CIFAR_10, outer.resolve("ten"));
    assertThat(message(new CifarFactory(CIFAR_100), outer.resolve("ten")))
        .contains("cifar-10-batches-bin belongs to cifar-10,");
  }

  @Test
  void anArchiveThatIsNotUnpackedIsUnpackedByFetch() throws IOException {
    Path archive = Files.createFile(outer.resolve("cifar-10-binary.tar.gz"));
    String unpack =
        "the archive "
            + archive
            + " is not unpacked; this checks and unpacks it: roundel data fetch cifar-10"
            + " --data-dir "
            + outer;
    assertThat(message(cifar, outer)).endsWith(unpack);
    Path beside = Files.createDirectory(outer.resolve("cifar"));
    assertThat(message(cifar, beside)).endsWith(unpack + ", then give --data-dir " + outer);
    Path any = Files.createFile(beside.resolve("Archive.ZIP"));
    assertThat(message(cifar, beside)).endsWith("if the files are in " + any + ", unpack it there");
    assertThat(message(cifar, archive))
        .contains(archive + " is a file, not a directory; the archive");
  }

  @Test
  void linksThatLeadNowhereAreNamed() throws IOException {
    Fixtures.writeFashionMnist(outer.resolve("data"), false);
    Path images = outer.resolve("data/train-images-idx3-ubyte");
    Files.delete(images);
    Files.createSymbolicLink(images, Path.of("/nowhere/images"));
    assertThat(message(fashion, outer.resolve("data")))
        .endsWith(images + " is a link to /nowhere/images, which does not exist: correct the link");
    Path link = Files.createSymbolicLink(outer.resolve("link"), Path.of("/nowhere/data"));
    assertThat(message(fashion, link))
        .startsWith(
            "dataset fashion-mnist: " + link + " is a link to /nowhere/data, which does not exist");
    Path folder = outer.resolve("cifar-10-batches-bin");
    Files.createSymbolicLink(folder, Path.of("/nowhere/bin"));
    assertThat(message(cifar, outer)).contains(folder + " is a link to /nowhere/bin, which");
  }

  @Test
  void aPipeIsNamed() throws Exception {
    Fixtures.writeFashionMnist(outer.resolve("data"), false);
    Path images = outer.resolve("data/train-images-idx3-ubyte");
    Files.delete(images);
    assertThat(new ProcessBuilder("mkfifo", images.toString()).start().waitFor()).isZero();
    assertThat(message(fashion, outer.resolve("data")))
        .endsWith("; " + images + " is a pipe or a device: put the file in its place");
  }

  @Test
  void verificationTellsOfAllMissingFilesTogether() throws IOException {
    List<FileCheck> checks = fashion.verify(outer);
    assertThat(checks).singleElement().extracting(FileCheck::files).isEqualTo(4);
    assertThat(cifar.verify(outer).get(0).files()).isEqualTo(6);
    assertThat(cifar.verify(outer).get(0).detail()).isEqualTo(message(cifar, outer));
  }

  @ParameterizedTest
  @CsvSource({"Training, Validation", "TRAIN, VAL", "train_set, test-set", "training, testing"})
  void foldersOfImagesUnderOtherNamesAreTold(String train, String test)
      throws IOException, InterruptedException {
    TestImages.writeFolder(outer);
    Files.move(outer.resolve("train"), outer.resolve("1"));
    Files.move(outer.resolve("1"), outer.resolve(train));
    Files.move(outer.resolve("val"), outer.resolve("2"));
    Files.move(outer.resolve("2"), outer.resolve(test));
    String message = message(folders, outer);
    assertThat(message).contains("if they are called otherwise: mv ");
    run(message.substring(message.indexOf("mv ")));
    Fixtures.open(folders, outer, Map.of()).close();
  }

  @Test
  void foldersOfImagesBelowOrAboveAreTold() throws IOException {
    Path inner = Files.createDirectory(outer.resolve("inner"));
    TestImages.writeFolder(inner);
    String hint = "the images are in " + inner + ": give --data-dir " + inner;
    assertThat(message(folders, outer)).endsWith(hint);
    assertThat(message(folders, inner.resolve("train"))).endsWith(hint);
  }

  private static String message(DatasetFactory factory, Path directory) {
    return catchThrowableOfType(
            InvalidInputException.class, () -> Fixtures.open(factory, directory, Map.of()))
        .getMessage();
  }

  private static void run(String command) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-c", command).inheritIO().start();
    assertThat(shell.waitFor()).as(command).isZero();
  }
}

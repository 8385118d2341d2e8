package org.roundel.datasets.folder;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.random.RandomSource;
import org.roundel.datasets.augmentation.TrainingTransform;
import org.roundel.datasets.file.Sha256;
import org.roundel.datasets.image.DecodedImage;
import org.roundel.datasets.image.ImageDecoder;
import org.roundel.datasets.image.ImageNetTransform;
import org.roundel.datasets.image.ImagePart;
import org.roundel.datasets.image.Workspace;

/**
 * Images that are decoded from their files every time they are read.
 *
 * <p>The fingerprint covers the files' relative names and lengths, not their content: reading all
 * of ImageNet for it would take longer than an epoch.
 */
final class ImageFolderDataset implements Dataset {
  private final ImageList train;
  private final ImageList test;
  private final List<String> classNames;
  private final InputShape shape;
  private final ImageNetTransform squared;
  private final TrainingTransform transform;
  private final ImageDecoder decoder;
  private final String fingerprint;

  /** Those that no thread works in: as many as there have been threads at a time. */
  private final Queue<Workspace> workspaces = new ConcurrentLinkedQueue<>();

  ImageFolderDataset(
      ImageList train,
      ImageList test,
      List<String> classNames,
      InputShape shape,
      int resize,
      TrainingTransform transform)
      throws IOException {
    this.train = train;
    this.test = test;
    this.classNames = List.copyOf(classNames);
    this.shape = shape;
    this.squared = new ImageNetTransform(shape.height(), resize);
    this.transform = transform;
    this.decoder = new ImageDecoder();
    this.fingerprint = fingerprint(train, test);
  }

  private static String fingerprint(ImageList train, ImageList test) throws IOException {
    MessageDigest digest = Sha256.digest();
    for (Split split : Split.values()) {
      ImageList images = split == Split.TRAIN ? train : test;
      Sha256.updateText(digest, split + " " + images.size());
      for (int index = 0; index < images.size(); index++) {
        Sha256.updateText(digest, images.name(index));
        Sha256.updateText(digest, Long.toString(Files.size(images.path(index))));
      }
    }
    return Sha256.hex(digest);
  }

  @Override
  public InputShape inputShape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int size(Split split) {
    return images(split).size();
  }

  @Override
  public int read(Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image)
      throws IOException {
    ImageList images = images(split);
    Objects.checkIndex(index, images.size());
    Workspace idle = workspaces.poll();
    Workspace workspace = idle == null ? new Workspace() : idle;
    try {
      read(images.path(index), augmentation, workspace, image);
    } finally {
      workspaces.add(workspace);
    }
    if (augmentation != null) {
      RandomSource random = augmentation.random();
      transform.cutout().apply(image, shape, random, ImageNetTransform.FREE_ELEMENT);
    }
    return images.label(index);
  }

  private void read(
      Path file, @Nullable Augmentation augmentation, Workspace workspace, FloatBuffer image)
      throws IOException {
    if (augmentation != null && transform.augment()) {
      ImagePart part = squared.trainPart(augmentation);
      DecodedImage decoded = decoder.decode(file, part, workspace);
      squared.train(decoded, augmentation, transform.flip(), workspace, image);
    } else {
      squared.test(decoder.decode(file, squared.testPart(), workspace), workspace, image);
    }
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public Optional<PixelScaling> pixelScaling() {
    return Optional.of(ImageNetTransform.scaling());
  }

  /** Nothing is held open between two reads. */
  @Override
  public void close() {}

  private ImageList images(Split split) {
    return split == Split.TRAIN ? train : test;
  }
}

package org.roundel.kit.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.FileCheck;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;
import org.roundel.kit.rule.TestedRules;

/** The rules accept a correct dataset and find each of these faults. */
class DatasetRulesTest {
  private static final String FILE = "noise.txt";

  @TempDir Path directory;

  /** Images of noise over a number, in two classes: correct. */
  private static class Noise implements Dataset {
    private boolean closed;

    @Override
    public InputShape inputShape() {
      return new InputShape(1, 2, 3);
    }

    @Override
    public List<String> classNames() {
      return List.of("even", "odd");
    }

    @Override
    public int size(Split split) {
      return 5;
    }

    @Override
    public int read(
        Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image) {
      for (int pixel = 0; pixel < inputShape().length(); pixel++) {
        double noise = augmentation == null ? 0 : augmentation.random().uniform(pixel);
        image.put(pixel, (float) (index + noise));
      }
      return index % 2;
    }

    @Override
    public String fingerprint() {
      return "0123456789abcdef".repeat(4);
    }

    @Override
    public void close() {
      closed = true;
    }

    boolean isClosed() {
      return closed;
    }
  }

  /** Opens {@link Noise} where there is a file. */
  private static class Factory implements DatasetFactory {
    @Override
    public String name() {
      return "under-test";
    }

    @Override
    public String description() {
      return "under test";
    }

    @Override
    public Dataset create(Options options, Path directory) throws IOException {
      if (!Files.exists(directory.resolve(FILE))) {
        throw new InvalidInputException(directory.resolve(FILE) + " is missing");
      }
      return open();
    }

    Dataset open() {
      return new Noise();
    }

    @Override
    public List<FileCheck> verify(Path directory) {
      return List.of(new FileCheck(FILE, Files.exists(directory.resolve(FILE)), "there or not"));
    }
  }

  @BeforeEach
  void writeTheFile() throws IOException {
    Files.writeString(directory.resolve(FILE), "noise");
  }

  @Test
  void acceptsACorrectDataset() {
    TestedRules.assertKeepsAll(DatasetRules.all(), subject(new Factory()));
  }

  @Test
  void findsThatThereIsNothing() {
    assertThat(
            violation(
                "there are classes and images",
                new Noise() {
                  @Override
                  public int size(Split split) {
                    return split == Split.TEST ? 0 : 5;
                  }
                }))
        .contains("0 images in TEST");
    assertThat(
            violation(
                "there are classes and images",
                new Noise() {
                  @Override
                  public List<String> classNames() {
                    return List.of("same", "same");
                  }
                }))
        .contains("[same, same]");
  }

  @Test
  void findsImagesThatAreNoneAndLabelsOfNoClass() {
    assertThat(
            violation(
                "images are finite and labels in range",
                new Noise() {
                  @Override
                  public int read(
                      Split split,
                      int index,
                      @Nullable Augmentation augmentation,
                      FloatBuffer image) {
                    int label = super.read(split, index, augmentation, image);
                    image.put(4, index == 3 ? Float.NaN : 0);
                    return label;
                  }
                }))
        .contains("NaN at 4 of TRAIN image 3");
    assertThat(
            violation(
                "images are finite and labels in range",
                new Noise() {
                  @Override
                  public int read(
                      Split split,
                      int index,
                      @Nullable Augmentation augmentation,
                      FloatBuffer image) {
                    return super.read(split, index, augmentation, image) + 1;
                  }
                }))
        .contains("label 2 of TRAIN image 1");
  }

  @Test
  void findsWritesBesideTheImage() {
    assertThat(
            violation(
                "an image is written from position 0, nothing else",
                new Noise() {
                  @Override
                  public int read(
                      Split split,
                      int index,
                      @Nullable Augmentation augmentation,
                      FloatBuffer image) {
                    if (image.capacity() > inputShape().length()) {
                      image.put(inputShape().length(), 1);
                    }
                    return super.read(split, index, augmentation, image);
                  }
                }))
        .contains("something written at 6", "1x2x3");
  }

  @Test
  void findsAnImageWrittenFromTheBuffersPosition() {
    assertThat(
            violation(
                "the buffer's position does not matter",
                new Noise() {
                  @Override
                  public int read(
                      Split split,
                      int index,
                      @Nullable Augmentation augmentation,
                      FloatBuffer image) {
                    // From the position on, as relative methods of a buffer write.
                    for (int pixel = 0; image.hasRemaining(); pixel++) {
                      image.put(index + pixel);
                    }
                    return index % 2;
                  }
                }))
        .contains("the buffer's position is 1");
  }

  @Test
  void findsMemoryBetweenCalls() {
    AtomicInteger calls = new AtomicInteger();
    assertThat(
            violation(
                "an image depends on seed, epoch and index only",
                new Noise() {
                  @Override
                  public int read(
                      Split split,
                      int index,
                      @Nullable Augmentation augmentation,
                      FloatBuffer image) {
                    int label = super.read(split, index, augmentation, image);
                    image.put(0, calls.incrementAndGet());
                    return label;
                  }
                }))
        .contains("in another order, from threads", "seed 20170607");
  }

  @Test
  void findsAnArrayThatThreadsShare() {
    float[] shared = new float[6];
    assertThat(
            violation(
                "an image depends on seed, epoch and index only",
                new Noise() {
                  @Override
                  public int read(
                      Split split,
                      int index,
                      @Nullable Augmentation augmentation,
                      FloatBuffer image) {
                    int label = super.read(split, index, augmentation, FloatBuffer.wrap(shared));
                    // So long that another thread writes the array, too.
                    LockSupport.parkNanos(2_000_000);
                    image.put(0, shared, 0, shared.length);
                    return label;
                  }
                }))
        .contains("in another order, from threads");
  }

  @Test
  void findsTrainingImagesThatAreAlwaysAugmented() {
    String rule = "any image can be read without augmentation";
    AtomicInteger calls = new AtomicInteger();
    assertThat(
            violation(
                rule,
                new Noise() {
                  @Override
                  public int read(
                      Split split,
                      int index,
                      @Nullable Augmentation augmentation,
                      FloatBuffer image) {
                    Augmentation own = Augmentation.of(calls.incrementAndGet(), 1, index);
                    return super.read(split, index, own, image);
                  }
                }))
        .contains("another TRAIN image 0 without augmentation");
    assertThat(
            violation(
                rule,
                new Noise() {
                  @Override
                  public int read(
                      Split split,
                      int index,
                      @Nullable Augmentation augmentation,
                      FloatBuffer image) {
                    Objects.requireNonNull(augmentation);
                    return super.read(split, index, augmentation, image);
                  }
                }))
        .contains("NullPointerException");
    assertThat(
            violation(
                rule,
                new Noise() {
                  @Override
                  public int read(
                      Split split,
                      int index,
                      @Nullable Augmentation augmentation,
                      FloatBuffer image) {
                    int label = super.read(split, index, augmentation, image);
                    return augmentation == null ? 0 : label;
                  }
                }))
        .contains("label 0 of TRAIN image 1 without augmentation", "its label 1");
  }

  @Test
  void findsAFingerprintThatIsNone() {
    AtomicInteger calls = new AtomicInteger();
    String rule = "the fingerprint is always the same";
    assertThat(
            violation(
                rule,
                new Noise() {
                  @Override
                  public String fingerprint() {
                    return "unknown";
                  }
                }))
        .contains("the fingerprint 'unknown'");
    assertThat(
            violation(
                rule,
                new Noise() {
                  @Override
                  public String fingerprint() {
                    return String.format(Locale.ROOT, "%064x", calls.incrementAndGet());
                  }
                }))
        .contains("of the same files");
  }

  @Test
  void findsThatItCannotBeClosedTwice() {
    assertThat(
            violation(
                "closing twice is harmless",
                new Noise() {
                  @Override
                  public void close() {
                    if (isClosed()) {
                      throw new IllegalStateException("closed already");
                    }
                    super.close();
                  }
                }))
        .contains("IllegalStateException: closed already");
  }

  @Test
  void findsACheckThatRefusesWhatIsRead() {
    Factory faulty =
        new Factory() {
          @Override
          public List<FileCheck> verify(Path directory) {
            return List.of(new FileCheck(FILE, false, "not liked"));
          }
        };
    assertThat(
            TestedRules.violation(
                DatasetRules.all(), "the files it reads are valid", subject(faulty)))
        .contains("verify() refusing noise.txt: not liked");
  }

  @Test
  void findsThatNobodyIsToldOfAMissingFile() {
    String rule = "it says which file is missing, or needs none";
    Factory silent =
        new Factory() {
          @Override
          public Dataset create(Options options, Path directory) {
            return open();
          }
        };
    assertThat(TestedRules.violation(DatasetRules.all(), rule, subject(silent)))
        .contains("no refusal of a missing directory");
    Factory vague =
        new Factory() {
          @Override
          public Dataset create(Options options, Path directory) {
            throw new InvalidInputException("something is missing");
          }
        };
    assertThat(TestedRules.violation(DatasetRules.all(), rule, subject(vague)))
        .contains("the message 'something is missing'");
    Factory unchecked =
        new Factory() {
          @Override
          public List<FileCheck> verify(Path directory) {
            return List.of();
          }
        };
    assertThat(TestedRules.violation(DatasetRules.all(), rule, subject(unchecked)))
        .contains("verify() finding no fault");
  }

  private String violation(String rule, Noise dataset) {
    Factory factory =
        new Factory() {
          @Override
          Dataset open() {
            return dataset;
          }
        };
    return TestedRules.violation(DatasetRules.all(), rule, subject(factory));
  }

  private DatasetSubject subject(Factory factory) {
    return new DatasetSubject(factory, Map.of(), directory);
  }
}

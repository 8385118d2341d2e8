package org.roundel.winograd;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Images in pieces that fit the first cache: some pixels of one block of channels. Threads take a
 * chunk of images at a time; the number of chunks depends on the sizes only.
 */
final class Pieces {
  /**
   * Numbers of a piece; there may be a gradient beside it. Less than a page of memory: of pieces of
   * whole pages the processor fetches none before it is asked for, and all lie at the same place of
   * a page, where a store delays loads, which costs up to half the speed.
   */
  private static final int SIZE = 896;

  private static final int MOST_CHUNKS = 32;

  private final Images images;
  private final Workspace workspace;
  private final int pixelsInPiece;
  private final AtomicInteger next = new AtomicInteger();

  Pieces(Images images, Workspace workspace) {
    this.images = images;
    this.workspace = workspace;
    this.pixelsInPiece = Math.max(1, SIZE / images.block());
  }

  /** What is done with a piece. */
  interface Work {
    /**
     * Does it.
     *
     * @param chunk what the piece belongs to
     * @param at where its numbers begin: those of {@code count} pixels, a block of channels each
     * @param channel the first of its channels
     */
    void run(Workspace.Scratch scratch, int chunk, int at, int count, int channel);
  }

  int chunks() {
    return Math.min(MOST_CHUNKS, images.batch());
  }

  /** Returns how many numbers a piece may have. */
  int size() {
    return pixelsInPiece * images.block();
  }

  /** Returns how many pixels the first piece has. */
  int first() {
    return Math.min(pixelsInPiece, images.height() * images.width());
  }

  /** Does it with all pieces. */
  void share(Team.Task task) {
    next.set(0);
    workspace.team().run(Math.min(workspace.threads(), chunks()), task);
  }

  /** Returns what a thread does: the work with the pieces of chunks that nobody has taken yet. */
  Team.Task task(Work work) {
    return thread -> {
      Workspace.Scratch scratch = workspace.scratch(thread);
      for (int chunk = next.getAndIncrement(); chunk < chunks(); chunk = next.getAndIncrement()) {
        int last = (int) ((long) images.batch() * (chunk + 1) / chunks());
        for (int image = (int) ((long) images.batch() * chunk / chunks()); image < last; image++) {
          run(work, scratch, chunk, image);
        }
      }
    };
  }

  private void run(Work work, Workspace.Scratch scratch, int chunk, int image) {
    int block = images.block();
    int pixels = images.height() * images.width();
    for (int part = 0; part < images.channels() / block; part++) {
      int at = (image * (images.channels() / block) + part) * pixels * block;
      for (int pixel = 0; pixel < pixels; pixel += pixelsInPiece) {
        int count = Math.min(pixelsInPiece, pixels - pixel);
        work.run(scratch, chunk, at + pixel * block, count, part * block);
      }
    }
  }
}

package org.roundel.core.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Model;
import org.roundel.api.random.RandomSource;
import org.roundel.core.batch.BatchParts;

/**
 * Computes a batch's gradients part by part in this process; see {@link PartsPass}. The results
 * depend on the number of parts, not on who computes them.
 */
public final class ShardedPass {
  private final BatchParts cut;
  private final PartsPass parts;
  private final PartTotals totals;

  /**
   * Makes the sums.
   *
   * @param before holds the buffers from before the update while a batch is computed
   */
  public ShardedPass(Model model, int shards, BufferBackup before) {
    this.cut = new BatchParts(shards);
    this.parts = new PartsPass(model, shards, before);
    this.totals = new PartTotals(model.buffers());
  }

  /**
   * Computes a batch.
   *
   * @param random the step's; each part has the numbers of its shard
   */
  public BatchResult run(Batch batch, RandomSource random, PartsPass.Pass pass) {
    List<Batch> all = cut.of(batch);
    PartsPass.Range range = new PartsPass.Range(0, all.size(), batch.size());
    try {
      parts.run(range, all::get, random, pass, totals);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return totals.place(batch.size());
  }
}

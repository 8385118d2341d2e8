package org.roundel.core.shard;

/**
 * Other processes that compute parts of batches, each a {@code ShardWorker}: they are given bytes
 * and give bytes. Called by one thread.
 */
public interface Cluster {
  /** No other processes: batches are computed in this one. */
  Cluster NONE =
      new Cluster() {
        @Override
        public int workers() {
          return 0;
        }

        @Override
        public byte[][] run(byte[] shared, byte[][] tasks) {
          throw new UnsupportedOperationException("there is no cluster");
        }
      };

  /**
   * Returns how many tasks are computed at the same time as things are now, at least 1; waits for
   * the first worker.
   *
   * @throws ClusterFailure if none comes
   */
  int workers();

  /**
   * Has tasks computed, by whoever is there: what a lost worker had is computed again by another.
   *
   * @param shared what all of the tasks are given
   * @param tasks what each is given beside
   * @return the results in the order of the tasks
   * @throws ClusterFailure if they could not be computed
   */
  byte[][] run(byte[] shared, byte[][] tasks);
}

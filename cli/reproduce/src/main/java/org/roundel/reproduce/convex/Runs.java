package org.roundel.reproduce.convex;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.roundel.reproduce.experiment.ResultFile;
import org.roundel.reproduce.experiment.Workspace;
import org.roundel.reproduce.theory.convex.QuantizedDescent;
import org.roundel.reproduce.theory.convex.RecordedSteps;
import org.roundel.reproduce.theory.convex.StochasticObjective;
import org.roundel.reproduce.theory.convex.Trajectory;

/**
 * Runs the points of the convex experiment, one seed per thread, and keeps their results in files:
 * how many threads there are does not change a byte.
 */
final class Runs implements AutoCloseable {
  private static final String CELLS = "cells";
  private static final int MOST_RECORDED = 41;
  private static final long POLL_MILLIS = 100;

  private final Workspace workspace;
  private final ConvexSettings settings;
  private final Path directory;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private long workDone;

  Runs(Workspace workspace, ConvexSettings settings) throws IOException {
    this.workspace = workspace;
    this.settings = settings;
    directory = Files.createDirectories(workspace.directory().resolve(CELLS));
  }

  /**
   * Returns a point's result, from its file if there is one.
   *
   * @param data what else the objective is made of
   * @return null if it was told to stop
   */
  @Nullable Result result(
      SweepPoint point, StochasticObjective objective, Map<String, String> data) {
    Path file = directory.resolve(point.name() + ".json");
    Map<String, String> parameters = point.parameters(settings);
    parameters.putAll(data);
    Map<String, double[]> found = ResultFile.read(file, parameters, workspace.out()::println);
    if (found == null) {
      List<Trajectory> runs = run(point, objective);
      if (runs == null) {
        return null;
      }
      found = Result.of(runs).toNumbers();
      ResultFile.write(file, parameters, found);
    }
    workDone += point.work() * settings.seeds();
    workspace.progress().done(workDone);
    return Result.from(found);
  }

  private @Nullable List<Trajectory> run(SweepPoint point, StochasticObjective objective) {
    long[] record = RecordedSteps.logarithmic(point.steps(), MOST_RECORDED);
    List<Future<Trajectory>> started = new ArrayList<>();
    for (int seed = 0; seed < settings.seeds(); seed++) {
      long number = settings.firstSeed() + seed;
      started.add(
          threads.submit(
              () ->
                  QuantizedDescent.run(
                      objective,
                      point.method(),
                      point.delta(),
                      point.rule().of(objective),
                      new double[point.dimension()],
                      record,
                      number)));
    }
    List<Trajectory> runs = new ArrayList<>();
    for (Future<Trajectory> each : started) {
      Trajectory run = await(each);
      if (run == null) {
        started.forEach(future -> future.cancel(true));
        return null;
      }
      runs.add(run);
      workspace.progress().done(workDone + point.work() * runs.size());
    }
    return runs;
  }

  /** Returns a run, or null if it was told to stop. */
  private @Nullable Trajectory await(Future<Trajectory> run) {
    while (!workspace.stop().getAsBoolean()) {
      try {
        return run.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        // Time to ask again whether to stop.
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return null;
      } catch (ExecutionException failed) {
        throw new IllegalStateException(failed.getCause());
      }
    }
    return null;
  }

  /** Leaves nothing running: a seed that has begun notices the interruption. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}

package org.roundel.reproduce.toy;

import java.util.ArrayList;
import java.util.List;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.reproduce.experiment.Workspace;
import org.roundel.reproduce.theory.ToyMethod;
import org.roundel.reproduce.theory.ToyResult;
import org.roundel.reproduce.theory.ToySimulation;

/** All that {@link ToyExperiment} computes: a law per rate, and a measure per rate and method. */
record Results(ToyPlan plan, List<Law> laws, List<Measure> measures) {

  /** Computes everything, or as much as there is time for before it is told to stop. */
  static Results compute(ToyPlan plan, Workspace workspace) {
    ToyMethod[] methods = ToyMethod.values();
    List<Law> laws = new ArrayList<>();
    List<Measure> measures = new ArrayList<>();
    long total = (long) plan.rates().size() * methods.length * plan.seeds();
    long done = 0;
    workspace.progress().start("toy simulations", total);
    for (int index = 0; index < plan.rates().size(); index++) {
      double rate = plan.rates().get(index);
      laws.add(Law.of(plan, rate));
      for (int which = 0; which < methods.length; which++) {
        List<ToyResult> results = new ArrayList<>();
        for (int simulation = 0; simulation < plan.seeds(); simulation++) {
          if (workspace.stop().getAsBoolean()) {
            return new Results(plan, laws, measures);
          }
          // A stream of its own for each rate and method, so that they are independent.
          RandomSource random =
              RandomSource.of(plan.seed() + simulation, RandomPurpose.MODEL, 0)
                  .forTensor(index * methods.length + which);
          results.add(ToySimulation.run(plan.settings(rate), methods[which], random));
          workspace.progress().done(++done);
        }
        measures.add(Measure.of(plan, rate, methods[which], results));
      }
    }
    workspace.progress().close();
    return new Results(plan, laws, measures);
  }

  boolean isComplete() {
    return measures.size() == plan.rates().size() * ToyMethod.values().length;
  }

  Law law(int rate) {
    return laws.get(rate);
  }

  Measure measure(int rate, ToyMethod method) {
    for (Measure measure : measures) {
      if (measure.rate() == plan.rates().get(rate) && measure.method() == method) {
        return measure;
      }
    }
    throw new IllegalArgumentException("rate " + rate + ", method " + method);
  }

  static String name(ToyMethod method) {
    return switch (method) {
      case STOCHASTIC_ROUNDING -> "SR";
      case BINARY_CONNECT_NEAREST -> "BC, nearest";
      case BINARY_CONNECT_STOCHASTIC -> "BC, stochastic";
    };
  }
}

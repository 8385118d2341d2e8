package org.roundel.kit.inference;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.inference.Inference;
import org.roundel.api.net.Operation;
import org.roundel.api.net.ShippedNet;
import org.roundel.kit.exporter.SampleNets;
import org.roundel.kit.rule.Rule;
import org.roundel.kit.rule.RuleViolation;

/** What every {@link Inference} must do. */
public final class InferenceRules {
  private static final int[] BATCHES = {3, 1, 8, 3, 1};

  private InferenceRules() {}

  /** Returns the rules. */
  public static List<Rule<InferenceSubject>> all() {
    return List.of(
        Rule.of("it runs at least one of the sample nets", InferenceRules::runsOne),
        Rule.of("what it cannot run is told by the operation's name", InferenceRules::names),
        Rule.of("scores are those of the net's definition", InferenceRules::scores),
        Rule.of("nets that are there together do not disturb", InferenceRules::together),
        Rule.of("it says in a line what computes", InferenceRules::engine),
        Rule.of("it can be closed twice", InferenceRules::closesTwice));
  }

  /** Returns what is said of a net that cannot be run, null if it can. */
  private static @Nullable String refusal(InferenceSubject subject, ShippedNet net) {
    try {
      subject.create(net).close();
      return null;
    } catch (InvalidInputException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  /** Returns the sample nets that can be run, as a list to add to. */
  private static List<ShippedNet> runnable(InferenceSubject subject) {
    List<ShippedNet> nets = new ArrayList<>();
    for (ShippedNet net : SampleNets.all()) {
      if (refusal(subject, net) == null) {
        nets.add(net);
      }
    }
    return nets;
  }

  private static void runsOne(InferenceSubject subject) {
    if (runnable(subject).isEmpty()) {
      throw RuleViolation.of("every sample net refused", "one at least that it can run");
    }
  }

  private static void names(InferenceSubject subject) {
    for (ShippedNet net : SampleNets.all()) {
      String message = refusal(subject, net);
      if (message != null
          && net.graph().operations().stream()
              .map(Operation::name)
              .noneMatch(name -> message.contains("'" + name + "'"))) {
        throw RuleViolation.of("the message \"" + message + "\"", "an operation's name in quotes")
            .with("net " + net.origin().model());
      }
    }
  }

  private static void scores(InferenceSubject subject) {
    for (ShippedNet net : runnable(subject)) {
      try (Inference inference = subject.create(net)) {
        for (int batch : BATCHES) {
          new SampleImages(net, batch).check(inference);
        }
      }
    }
  }

  private static void together(InferenceSubject subject) {
    List<Inference> open = new ArrayList<>();
    try {
      List<ShippedNet> nets = runnable(subject);
      nets.addAll(runnable(subject));
      for (ShippedNet net : nets) {
        open.add(subject.create(net));
      }
      for (int batch : BATCHES) {
        for (int index = 0; index < nets.size(); index++) {
          new SampleImages(nets.get(index), batch).check(open.get(index));
        }
      }
      open.remove(0).close();
      for (int index = 0; index < open.size(); index++) {
        new SampleImages(nets.get(index + 1), 1).check(open.get(index));
      }
    } finally {
      open.forEach(Inference::close);
    }
  }

  private static void engine(InferenceSubject subject) {
    for (ShippedNet net : runnable(subject)) {
      try (Inference inference = subject.create(net)) {
        String engine = inference.engine();
        if (engine.isBlank() || engine.lines().count() != 1) {
          throw RuleViolation.of("engine() returning \"" + engine + "\"", "one line of words");
        }
      }
    }
  }

  private static void closesTwice(InferenceSubject subject) {
    for (ShippedNet net : runnable(subject)) {
      Inference inference = subject.create(net);
      new SampleImages(net, 1).run(inference);
      inference.close();
      inference.close();
    }
  }
}

package org.roundel.reproduce.theory.momentum;

import org.roundel.reproduce.theory.StandardNormal;

/** What an update is made of, per unit of rate. */
public enum UpdateRule {
  /** The gradient: u = v. */
  GRADIENT {
    @Override
    double down(NoisyQuadratic problem, double weight) {
      return StandardNormal.positivePart(problem.gradient(weight), problem.noise());
    }

    @Override
    double of(double velocity) {
      return velocity;
    }
  },

  /**
   * Its sign: u = 1 or −1, as of an optimizer that divides by the gradient's own size (signSGD, and
   * Adam with short memories).
   */
  SIGN {
    @Override
    double down(NoisyQuadratic problem, double weight) {
      double gradient = problem.gradient(weight);
      if (problem.noise() == 0) {
        return (1 + Math.signum(gradient)) / 2;
      }
      return StandardNormal.cumulative(gradient / problem.noise());
    }

    @Override
    double of(double velocity) {
      return velocity < 0 ? -1 : 1;
    }
  };

  /** Returns E(u)⁺ without momentum: how fast updates move a weight down. */
  abstract double down(NoisyQuadratic problem, double weight);

  /** Returns the update of a velocity. */
  abstract double of(double velocity);

  /** Returns E(u)⁻: how fast updates move a weight up. The noise is as likely either way. */
  double up(NoisyQuadratic problem, double weight) {
    return down(problem, 2 * problem.minimum() - weight);
  }
}

package org.roundel.bench;

import java.util.List;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * LibTorch's fastest Adam: the kernel behind {@code torch.optim.Adam(fused=True)}, one pass over
 * each tensor. The C++ class {@code torch::optim::Adam} makes several passes and cannot be told to
 * use it, so the operator is called by name.
 *
 * <p>The kernel walks memory, whatever the strides: a tensor and its gradient must have the same.
 */
final class FusedAdam {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final Scalar ONE = new Scalar(1f);

  private final OperatorHandle operator =
      Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adam_", "");
  private final Tensor steps = torch.zeros(new long[0]);
  private final GenericList parameterList = newList();
  private final GenericList gradientList = newList();
  private final GenericList firstMoments = newList();
  private final GenericList secondMoments = newList();
  private final GenericList largestSecondMoments = newList();
  private final GenericList stepCounts = newList();
  private final double learningRate;

  /** Makes an optimizer of these tensors. Call outside of any pointer scope. */
  FusedAdam(List<Tensor> tensors, double learningRate) {
    this.learningRate = learningRate;
    for (Tensor tensor : tensors) {
      parameterList.push_back(new IValue(tensor));
      firstMoments.push_back(new IValue(torch.zeros_like(tensor)));
      secondMoments.push_back(new IValue(torch.zeros_like(tensor)));
      stepCounts.push_back(new IValue(steps));
    }
  }

  /** Makes one update; call without gradients. */
  void update(List<Tensor> gradients) {
    steps.add_(ONE);
    for (Tensor gradient : gradients) {
      gradientList.push_back(new IValue(gradient));
    }
    IValueVector arguments = new IValueVector();
    arguments.push_back(new IValue(parameterList));
    arguments.push_back(new IValue(gradientList));
    arguments.push_back(new IValue(firstMoments));
    arguments.push_back(new IValue(secondMoments));
    arguments.push_back(new IValue(largestSecondMoments));
    arguments.push_back(new IValue(stepCounts));
    arguments.push_back(new IValue(learningRate));
    arguments.push_back(new IValue(BETA_1));
    arguments.push_back(new IValue(BETA_2));
    arguments.push_back(new IValue(0.0)); // weight decay
    arguments.push_back(new IValue(EPSILON));
    arguments.push_back(new IValue(false)); // amsgrad
    arguments.push_back(new IValue(false)); // maximize
    arguments.push_back(new IValue()); // no scale of the gradients
    arguments.push_back(new IValue()); // no search for infinite ones
    operator.callBoxed(arguments);
    gradientList.clear();
  }

  /** Returns an empty list of tensors; the Java interface has no constructor that says the type. */
  private static GenericList newList() {
    CompilationUnit unit =
        torch.compile("def empty() -> List[Tensor]:\n    x: List[Tensor] = []\n    return x\n");
    return unit.get_function(new QualifiedName("empty")).apply(new IValueVector()).toList().copy();
  }
}

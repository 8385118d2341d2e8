package org.roundel.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.roundel.api.InvalidInputException;
import org.roundel.api.model.ModelRequest;
import org.roundel.dl4j.net.NetDefinition;
import org.roundel.dl4j.net.NetExecutor;
import org.roundel.dl4j.program.GraphTranslator;
import org.roundel.dl4j.program.ProgramExecutor;
import org.roundel.dl4j.program.UntranslatableException;
import org.roundel.dl4j.reference.GraphExecutor;
import org.roundel.onednn.NativeLibrary;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.graph.NoKernelException;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Wishes;
import org.roundel.winograd.VectorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs a net. */
enum Engine {
  /**
   * A compiled program where that is possible, else DL4J, with a warning. A broken installation is
   * refused: it would cost many times the time, run after run.
   */
  AUTO {
    @Override
    NetExecutor open(NetDefinition definition, ModelRequest request, Wishes wishes) {
      NativeLibrary.Problem problem = NativeLibrary.problem();
      if (problem != null && problem.installed()) {
        throw new InvalidInputException(
            "oneDNN is installed but cannot be loaded: "
                + problem.reason()
                + "; see 'roundel doctor', or set engine=dl4j, whose kernels are many times"
                + " slower");
      }
      if (problem != null) {
        logger.warn(
            "oneDNN cannot be loaded ({}); the net runs on DL4J's kernels, many times slower",
            problem.reason());
        return new GraphExecutor(definition, DataType.FLOAT, true);
      }
      Graph graph;
      try {
        graph = GraphTranslator.translate(definition, request.input());
      } catch (UntranslatableException untranslatable) {
        logger.warn(
            "{}; so DL4J runs the whole net, several times slower than a compiled program",
            untranslatable.getMessage());
        return new GraphExecutor(definition, DataType.FLOAT, true);
      }
      try {
        return compiled(graph, definition, request, wishes);
      } catch (NoKernelException missing) {
        logger.warn(
            "{}; so DL4J runs the whole net, several times slower than a compiled program",
            missing.getMessage());
        return new GraphExecutor(definition, DataType.FLOAT, true);
      }
    }
  },

  /** A compiled program; a net that cannot be compiled is refused. */
  ONEDNN {
    @Override
    NetExecutor open(NetDefinition definition, ModelRequest request, Wishes wishes) {
      NativeLibrary.Problem problem = NativeLibrary.problem();
      if (problem != null) {
        throw new InvalidInputException(
            "oneDNN cannot be loaded: "
                + problem.reason()
                + "; see 'roundel doctor', or set engine=dl4j");
      }
      try {
        Graph graph = GraphTranslator.translate(definition, request.input());
        return compiled(graph, definition, request, wishes);
      } catch (UntranslatableException | NoKernelException impossible) {
        throw new InvalidInputException(
            "the net cannot be compiled: "
                + impossible.getMessage()
                + "; set engine=auto or engine=dl4j to let DL4J run it, several times slower",
            impossible);
      }
    }
  },

  /** DL4J with its own kernels: the reference. */
  DL4J {
    @Override
    NetExecutor open(NetDefinition definition, ModelRequest request, Wishes wishes) {
      return new GraphExecutor(definition, DataType.FLOAT, false);
    }
  };

  private static final Logger logger = LoggerFactory.getLogger(Engine.class);

  /**
   * Returns an executor for a net.
   *
   * @param wishes how a compiled program computes it, where there is a choice
   * @throws InvalidInputException if this engine cannot run the net; the message says why
   */
  abstract NetExecutor open(NetDefinition definition, ModelRequest request, Wishes wishes);

  /** Makes a program, and says so where it cannot use the fast convolutions. */
  private static NetExecutor compiled(
      Graph graph, NetDefinition definition, ModelRequest request, Wishes wishes) {
    String problem = VectorSupport.problem();
    if (problem != null && wishes.convolution() == ConvolutionMethod.WINOGRAD) {
      throw new InvalidInputException(
          "convolution=winograd is not possible here: " + problem + "; set convolution=auto");
    }
    if (problem != null
        && VectorSupport.optimized()
        && wishes.convolution() == ConvolutionMethod.AUTO) {
      logger.warn("convolutions run on oneDNN's kernels, which take twice the time: {}", problem);
    }
    return new ProgramExecutor(
        graph, definition.length(), request.batchSize(), wishes, request.isForEvaluation());
  }

  /** Returns the word that a user writes. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Engine::word).toList();
  }

  static Engine of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

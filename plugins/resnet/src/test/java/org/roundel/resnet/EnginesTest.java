package org.roundel.resnet;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelFactory;
import org.roundel.dl4j.EngineContract;

/** The compiled engine of each net against DL4J's own. */
class EnginesTest {
  @Nested
  class ResNet8 extends EngineContract {
    @Override
    protected ModelFactory factory() {
      return new ResNetFactory();
    }

    @Override
    protected Map<String, String> options() {
      return Map.of("depth", "8");
    }

    @Override
    protected InputShape input() {
      return new InputShape(1, 11, 10);
    }
  }

  @Nested
  class ResNet20 extends EngineContract {
    @Override
    protected ModelFactory factory() {
      return new ResNetFactory();
    }

    @Override
    protected Map<String, String> options() {
      return Map.of("depth", "20");
    }
  }

  @Nested
  @Tag("thorough")
  class ResNet56 extends EngineContract {
    @Override
    protected ModelFactory factory() {
      return new ResNetFactory();
    }

    @Override
    protected Map<String, String> options() {
      return Map.of("depth", "56");
    }
  }

  @Nested
  class WideResNet extends EngineContract {
    @Override
    protected ModelFactory factory() {
      return new WideResNetFactory();
    }

    @Override
    protected Map<String, String> options() {
      return Map.of("depth", "14", "widening", "2");
    }
  }

  @Nested
  class ConvolutionShortcuts extends EngineContract {
    @Override
    protected ModelFactory factory() {
      return new NarrowResNetFactory();
    }

    @Override
    protected InputShape input() {
      return new InputShape(3, 19, 20);
    }
  }
}

package org.roundel.vgg;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.roundel.api.model.ModelFactory;
import org.roundel.dl4j.EngineContract;

/** The compiled engine of each net against DL4J's own. */
class EnginesTest {
  @Nested
  class Vgg9 extends EngineContract {
    @Override
    protected ModelFactory factory() {
      return new Vgg9Factory();
    }
  }

  @Nested
  @Tag("thorough")
  class VggBc extends EngineContract {
    @Override
    protected ModelFactory factory() {
      return new VggBcFactory();
    }
  }
}

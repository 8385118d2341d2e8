package org.roundel.kit;

import java.util.List;
import java.util.Map;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelFactory;
import org.roundel.kit.model.ModelRules;
import org.roundel.kit.model.ModelSubject;
import org.roundel.kit.rule.Rule;

/**
 * What every {@link org.roundel.api.model.Model} keeps to. A plugin's test extends it and says
 * which factory and for what images; small images keep it fast:
 *
 * <pre>{@code
 * class TinyNetContractTest extends ModelContract {
 *   @Override
 *   protected ModelFactory factory() {
 *     return new TinyNetFactory();
 *   }
 *
 *   @Override
 *   protected InputShape input() {
 *     return new InputShape(3, 8, 8);
 *   }
 * }
 * }</pre>
 */
public abstract class ModelContract extends ComponentContract<ModelSubject> {
  /** Returns the factory under test. */
  protected abstract ModelFactory factory();

  /** Returns the shape of the images that the model is tested with. */
  protected abstract InputShape input();

  /** Returns the values of options and name options, by name, that differ from the defaults. */
  protected Map<String, String> options() {
    return Map.of();
  }

  /** Returns how many classes the model is tested with. */
  protected int classes() {
    return ModelSubject.USUAL_CLASSES;
  }

  /** Returns the size of the largest batch, at least 3. */
  protected int batchSize() {
    return ModelSubject.USUAL_BATCH_SIZE;
  }

  @Override
  final ModelSubject subject() {
    return new ModelSubject(factory(), options(), input(), classes(), batchSize());
  }

  @Override
  final List<ModelSubject> subjects() {
    return List.of(subject());
  }

  @Override
  final List<Rule<ModelSubject>> rules() {
    return ModelRules.all();
  }
}

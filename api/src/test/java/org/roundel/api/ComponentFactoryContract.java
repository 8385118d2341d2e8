package org.roundel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What holds for a component of every kind: its name, its help, its options, and that its plugin
 * offers it.
 *
 * <p>A plugin's test extends the contract of a kind, such as {@link
 * org.roundel.api.quantizer.QuantizerContract}, not this class. The contracts are published as the
 * test-jar of {@code roundel-api}; to use them, add it with JUnit Jupiter, AssertJ and an ND4J
 * backend to a plugin's test dependencies.
 *
 * @param <F> the kind of factory
 */
public abstract class ComponentFactoryContract<F extends ComponentFactory> {
  /** Returns the factory under test; a new one each time. */
  protected abstract F factory();

  /** Returns what a plugin offers of this kind. */
  protected abstract List<? extends ComponentFactory> offeredBy(RoundelPlugin plugin);

  /** Creates the component; if it can be closed, the caller closes it. */
  protected abstract Object create(F factory, Options options) throws Exception;

  /**
   * Returns options of the factory under test, name options included.
   *
   * @param given values that differ from the default, by option name
   */
  protected final Options options(Map<String, String> given) {
    return Options.of(allOptions(factory()), given);
  }

  private static List<Option<?>> allOptions(ComponentFactory factory) {
    List<Option<?>> all = new ArrayList<>(factory.nameOptions());
    all.addAll(factory.options());
    return all;
  }

  @Test
  void theNameHasTheForm() {
    assertThat(factory().name()).matches(ComponentFactory.NAME_PATTERN);
  }

  @Test
  void theDescriptionIsOneLine() {
    assertThat(factory().description()).isNotBlank().hasSizeLessThanOrEqualTo(160);
    assertThat(factory().description().strip()).hasLineCount(1);
  }

  @Test
  void everyOptionHasANameOfItsOwnAndOneLineOfHelp() {
    Set<String> names = new HashSet<>();
    for (Option<?> option : allOptions(factory())) {
      assertThat(names.add(option.name())).as("option '%s' is declared once", option).isTrue();
      assertThat(option.help().strip()).as("help of option '%s'", option).hasLineCount(1);
    }
  }

  @Test
  void twoFactoriesSayTheSame() {
    F first = factory();
    F second = factory();
    assertThat(first.name()).isEqualTo(second.name());
    assertThat(first.description()).isEqualTo(second.description());
    assertThat(first.options()).isEqualTo(second.options()).isEqualTo(first.options());
    assertThat(first.nameOptions()).isEqualTo(second.nameOptions());
  }

  @Test
  void theDefaultsCreateAComponent() throws Exception {
    Object component = create(factory(), options(Map.of()));
    assertThat(component).isNotNull();
    if (component instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  @Test
  void aPluginInTheServicesFileOffersIt() {
    F factory = factory();
    List<String> offered = new ArrayList<>();
    for (RoundelPlugin plugin :
        ServiceLoader.load(RoundelPlugin.class, factory.getClass().getClassLoader())) {
      for (ComponentFactory other : offeredBy(plugin)) {
        if (other.getClass() == factory.getClass()) {
          offered.add(other.name());
        }
      }
    }
    assertThat(offered)
        .as(
            "names of the %s that the plugins in META-INF/services/%s offer",
            factory.getClass().getName(), RoundelPlugin.class.getName())
        .containsOnlyOnce(factory.name());
  }
}

package org.roundel.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The contract finds each of these faults of a factory. */
class ComponentFactoryContractTest {
  private static final Option<Boolean> TWICE = Option.flag("twice", true, "help");

  /** Says what it is told to say. */
  private record Factory(String name, String description, List<Option<?>> options)
      implements ComponentFactory {}

  @Test
  void acceptsACorrectFactory() throws Exception {
    ComponentFactoryContract<Factory> contract =
        contract(new Factory("under-test", "one line", List.of(TWICE)));
    contract.theNameHasTheForm();
    contract.theDescriptionIsOneLine();
    contract.everyOptionHasANameOfItsOwnAndOneLineOfHelp();
    contract.twoFactoriesSayTheSame();
    contract.theDefaultsCreateAComponent();
  }

  @Test
  void findsFaultsInWhatAFactorySays() {
    ComponentFactoryContract<Factory> contract =
        contract(new Factory("Under test", "two\nlines", List.of(TWICE, TWICE)));
    assertFails(contract::theNameHasTheForm);
    assertFails(contract::theDescriptionIsOneLine);
    assertFails(contract::everyOptionHasANameOfItsOwnAndOneLineOfHelp);
  }

  @Test
  void findsAFactoryThatNoPluginOffers() {
    assertFails(
        contract(new Factory("under-test", "one line", List.of()))
            ::aPluginInTheServicesFileOffersIt);
  }

  private static void assertFails(ThrowingCallable test) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class);
  }

  private static ComponentFactoryContract<Factory> contract(Factory factory) {
    return new ComponentFactoryContract<>() {
      @Override
      protected Factory factory() {
        return factory;
      }

      @Override
      protected List<? extends ComponentFactory> offeredBy(RoundelPlugin plugin) {
        return plugin.quantizers();
      }

      @Override
      protected Object create(Factory created, Options options) {
        return options;
      }
    };
  }
}

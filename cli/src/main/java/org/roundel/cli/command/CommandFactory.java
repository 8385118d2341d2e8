package org.roundel.cli.command;

import java.lang.reflect.Constructor;
import org.roundel.cli.command.context.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Makes the commands that annotations name: those with a constructor for it get what they work
 * with.
 *
 * @param context what every command works with
 */
record CommandFactory(CommandContext context) implements IFactory {
  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      Class<?>[] parameters = constructor.getParameterTypes();
      if (parameters.length == 1 && parameters[0] == CommandContext.class) {
        return type.cast(constructor.newInstance(context));
      }
    }
    return CommandLine.defaultFactory().create(type);
  }
}

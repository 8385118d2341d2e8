package org.roundel.cli.command;

import java.nio.file.Path;
import org.roundel.api.InvalidInputException;
import org.roundel.core.config.UserPath;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads every path of the command line. */
final class Paths implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    try {
      return UserPath.of(text);
    } catch (InvalidInputException invalid) {
      throw new TypeConversionException(invalid.getMessage());
    }
  }
}

package org.ticketing.cli;

import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes the name of a system for the system. */
final class SystemName implements ITypeConverter<SystemDescription> {

  @Override
  public SystemDescription convert(String name) {
    return Systems.find(name)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "There is no system '%s'; choose one of %s.".formatted(name, Systems.names())));
  }
}

package org.ticketing.cli;

import java.util.Iterator;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;

/** The names of all systems, for help and completion. */
final class SystemNames implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return Systems.all().stream().map(SystemDescription::name).iterator();
  }
}

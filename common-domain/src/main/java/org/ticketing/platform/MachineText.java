package org.ticketing.platform;

import java.util.Locale;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/**
 * Has a process write in no language in particular, whatever the machine's is, because what it
 * writes is read by machines: with Arabic digits a problem detail would be no JSON and a statement
 * no SQL, and in Turkish the lower case of "I" is no "i". This includes all libraries.
 */
class MachineText implements ApplicationListener<ApplicationStartingEvent> {

  @Override
  public void onApplicationEvent(ApplicationStartingEvent starting) {
    Locale.setDefault(Locale.ROOT);
  }
}

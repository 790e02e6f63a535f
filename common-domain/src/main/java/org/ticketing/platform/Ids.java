package org.ticketing.platform;

import java.util.UUID;

/** The form in which the process's database takes ids: PostgreSQL as such, MySQL as text. */
@FunctionalInterface
public interface Ids {

  Object of(UUID id);
}

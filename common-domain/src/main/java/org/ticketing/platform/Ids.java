package org.ticketing.platform;

import java.util.UUID;

/**
 * Converts ids to the form in which the process's database stores them: as they are on PostgreSQL,
 * as text on MySQL.
 */
@FunctionalInterface
public interface Ids {

  Object of(UUID id);
}

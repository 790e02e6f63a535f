package org.ticketing.stack.run;

import java.util.Optional;

/**
 * What the database servers are that a stack starts.
 *
 * @param mysql is started instead of MariaDB, where they run as processes of this machine
 */
public record DatabasePrograms(Databases place, Optional<MysqlBinaries> mysql) {

  /** PostgreSQL and MariaDB, as they come with this project. */
  public static final DatabasePrograms EMBEDDED =
      new DatabasePrograms(Databases.LOCAL, Optional.empty());

  /** The same, in another place. */
  public DatabasePrograms in(Databases other) {
    return new DatabasePrograms(other, mysql);
  }

  /** The same, with another MySQL. */
  public DatabasePrograms with(Optional<MysqlBinaries> other) {
    return new DatabasePrograms(place, other);
  }

  /** Whether they run in containers. */
  public boolean areContainers() {
    return place == Databases.DOCKER;
  }
}

package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class TimeoutsOnPostgresqlTest extends DatabaseTimeoutsContract {

  @Test
  void waitsForLocks() {
    assertThat(setting("SELECT setting FROM pg_settings WHERE name = 'lock_timeout'"))
        .isEqualTo(Long.toString(timeouts.lock().toMillis()));
  }
}

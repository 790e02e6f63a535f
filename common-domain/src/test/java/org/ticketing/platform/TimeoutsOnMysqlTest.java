package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Mysql
class TimeoutsOnMysqlTest extends DatabaseTimeoutsContract {

  @ParameterizedTest
  @ValueSource(strings = {"innodb_lock_wait_timeout", "lock_wait_timeout"})
  void waitsForLocks(String variable) {
    assertThat(setting("SELECT @@" + variable))
        .isEqualTo(Long.toString(timeouts.lock().toSeconds()));
  }
}

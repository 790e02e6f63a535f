package org.ticketing.xa;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the coordinator.
 *
 * @param coordinatorName unique among the coordinators whose participants share a database, and the
 *     same after a restart: by it a coordinator knows its branches
 * @param logDirectory where decisions are logged: on a disk that survives the process, of this
 *     coordinator alone
 * @param transactionTimeout in whole seconds; a transaction that has not decided by then is rolled
 *     back. Recovery waits as long before it touches a branch
 * @param recoveryDelay between two scans for branches left behind
 * @param retryDelay between tries to tell a participant the decision while the client waits
 * @param retries how many such tries; then the client is told that the outcome is unknown
 */
@Validated
@ConfigurationProperties("ticketing.xa")
record CoordinatorSettings(
    @NotNull @Pattern(regexp = "[A-Za-z0-9_.-]{1,30}") String coordinatorName,
    @NotNull Path logDirectory,
    @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 5) Duration transactionTimeout,
    @NotNull @DurationMin(millis = 100) Duration recoveryDelay,
    @NotNull @DurationMin(millis = 1) Duration retryDelay,
    @Min(0) int retries) {

  private static final String NEVER = String.valueOf(Duration.ofDays(36_500).toMillis());

  Properties forAtomikos() {
    var properties = new Properties();
    // Atomikos takes every branch whose name begins with this for its own: without the slash,
    // coordinator "a" would own the branches of coordinator "a1".
    set(properties, "tm_unique_name", coordinatorName + "/");
    set(properties, "log_base_dir", logDirectory.toAbsolutePath());
    set(properties, "log_base_name", "decisions");
    set(properties, "default_jta_timeout", transactionTimeout.toSeconds() * 1000);
    set(properties, "max_timeout", transactionTimeout.toSeconds() * 1000);
    set(properties, "max_actives", -1);
    set(properties, "recovery_delay", recoveryDelay.toMillis());
    set(properties, "oltp_max_retries", retries);
    set(properties, "oltp_retry_interval", retryDelay.toMillis());
    set(properties, "throw_on_heuristic", true);
    set(properties, "allow_subtransactions", false);
    // A decision is kept until every participant has heard of it, however long that takes.
    set(properties, "forget_orphaned_log_entries_delay", NEVER);
    return properties;
  }

  private static void set(Properties properties, String name, Object value) {
    properties.setProperty("com.atomikos.icatch." + name, value.toString());
  }
}

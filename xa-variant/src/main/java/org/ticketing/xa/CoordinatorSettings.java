package org.ticketing.xa;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the coordinator. {@link Claim} says what its name is for.
 *
 * @param name name of the coordinator, unique among those that have this process's database as
 *     their own, and the same after a restart. One that ends in a star, such as {@code payment-*},
 *     stands for the first of payment-1, payment-2, and so on that no other process has, so that
 *     all instances of a process can have the same settings; with the log {@code own} only
 * @param log where decisions are: {@code own}, in the database of the payment, or {@code atomikos},
 *     in Atomikos's own log, which can lose them. One log does not read what the other has written
 * @param logDirectory directory of Atomikos's own log (with the log {@code atomikos}), on a disk
 *     that survives the process; no other coordinator may use it
 * @param transactionTimeout time after which a payment that has not been decided is rolled back, in
 *     whole seconds; recovery leaves a branch alone for as long. Longer than the work of a payment
 *     can take, which is two calls and the work in the coordinator's own database
 * @param recoveryDelay pause between two scans for branches that were left behind
 * @param retryDelay pause between two attempts to tell a participant the decision while the client
 *     waits
 * @param retries how often an attempt to tell a participant the decision is repeated before the
 *     client is told that the outcome is unknown
 * @param phases how the messages of a phase reach the participants: {@code parallel}, all at once,
 *     or {@code sequential}, one after the other
 */
@Validated
@ConfigurationProperties("ticketing.xa.coordinator")
record CoordinatorSettings(
    @NotNull
        @Pattern(
            regexp = "[A-Za-z0-9_.-]{1,30}|[A-Za-z0-9_.-]{1,28}\\*",
            message = "must be up to 30 of the characters A-Z a-z 0-9 _ . - or up to 28 and a *")
        String name,
    @DefaultValue("transaction-log") Path logDirectory,
    @DefaultValue("18s") @DurationMin(seconds = 1) @DurationMax(minutes = 5)
        Duration transactionTimeout,
    @DefaultValue("1s") @DurationMin(millis = 100) Duration recoveryDelay,
    @DefaultValue("100ms") @DurationMin(millis = 1) Duration retryDelay,
    @DefaultValue("1") @Min(0) int retries,
    @DefaultValue("own") Log log,
    @DefaultValue("parallel") Phases phases) {

  /** Whether the name stands for several, of which the process takes the first that is free. */
  boolean isNumbered() {
    return name.endsWith("*");
  }

  /** Returns one of the names that it stands for. */
  String numbered(int number) {
    return name.substring(0, name.length() - 1) + number;
  }

  /** Where decisions are logged. */
  enum Log {
    /** In the coordinator's own database, with its part of the transaction: {@link DecisionLog}. */
    OWN,
    /** In the log of Atomikos, as released. */
    ATOMIKOS
  }

  /** How the messages of a phase reach the participants. */
  enum Phases {
    /** All at once. */
    PARALLEL,
    /** One after the other, as Atomikos does it as released. */
    SEQUENTIAL
  }
}

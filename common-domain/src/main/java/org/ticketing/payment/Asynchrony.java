package org.ticketing.payment;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How payments are made that a payer does not wait for.
 *
 * @param workers how many accepted payments a process makes at the same time
 * @param length how many accepted payments may be under way or wait. More are refused with 429
 * @param ofUser how many accepted payments of one user may be under way, wait, or have ended
 *     without the user having been told. More are refused with 429
 * @param pollInterval how often a process looks for accepted payments that another one has
 *     accepted, and for changes of the payments that its clients follow
 * @param lease after how long without a sign of life the accepted payments of a process are taken
 *     up by another one
 * @param longestWait how long the answer to a payer waits at most who names a longer time
 * @param retention how long accepted payments are kept in the queue's table after their end, or
 *     until the payer has been told. The record of payments keeps them for ever
 * @param followers how many clients a process lets follow payments, or wait for one, at once
 * @param webhook how payers are told of the end
 */
@Validated
@ConfigurationProperties("ticketing.payment.asynchronous")
record Asynchrony(
    @DefaultValue("8") @Min(1) int workers,
    @DefaultValue("10000") @Min(1) int length,
    @DefaultValue("100") @Min(1) int ofUser,
    @DefaultValue("250ms") @NotNull @DurationMin(millis = 10) Duration pollInterval,
    @DefaultValue("10s") @NotNull @DurationMin(seconds = 1) Duration lease,
    @DefaultValue("30s") @NotNull @DurationMin(seconds = 1) Duration longestWait,
    @DefaultValue("1d") @NotNull @DurationMin(seconds = 1) Duration retention,
    @DefaultValue("1000") @Min(1) int followers,
    @DefaultValue @NotNull @Valid Webhook webhook) {

  /**
   * @param timeout how long the endpoint of a payer may take to answer in full. The attempt has
   *     failed then
   * @param attempts after how many failures in a row a payer is not told any more
   * @param allowLocalAddresses whether endpoints of payers may be on the machine or in the network
   *     of the service. If not, such addresses are refused
   */
  record Webhook(
      @DefaultValue("5s") @NotNull @DurationMin(millis = 100) Duration timeout,
      @DefaultValue("10") @Min(1) int attempts,
      @DefaultValue("false") boolean allowLocalAddresses) {}
}

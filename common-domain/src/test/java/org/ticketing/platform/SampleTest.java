package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SampleTest {

  private final AtomicInteger asked = new AtomicInteger();
  private long seconds;

  @Test
  void severalGaugesShareOneAnswerForTenSeconds() {
    Sample<Integer> sample = answeredAtOnce(asked::incrementAndGet);

    assertThat(sample.read(Integer::doubleValue)).isEqualTo(1);
    seconds = 9;
    assertThat(sample.read(answer -> 100 + answer)).isEqualTo(101);
    seconds = 10;
    assertThat(sample.read(Integer::doubleValue)).isEqualTo(2);
  }

  @Test
  void nothingIsAskedBeforeSomebodyReads() {
    answeredAtOnce(asked::incrementAndGet);

    assertThat(asked).hasValue(0);
  }

  @Test
  void aFailureIsNoNumberAndIsForgottenAfterTenSeconds() {
    Sample<Integer> sample =
        answeredAtOnce(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("the database is away");
              }
              return 7;
            });

    assertThat(sample.read(Integer::doubleValue)).isNaN();
    assertThat(sample.read(Integer::doubleValue)).isNaN();
    assertThat(asked).hasValue(1);
    seconds = 10;
    assertThat(sample.read(Integer::doubleValue)).isEqualTo(7);
  }

  @Test
  void aDatabaseThatIsSilentIsNotAskedAgainAndKeepsNobodyWaiting() {
    Queue<Runnable> questions = new ArrayDeque<>();
    Sample<Integer> sample =
        new Sample<>("answers", asked::incrementAndGet, questions::add, this::nanos);

    assertThat(sample.read(Integer::doubleValue)).isNaN();
    seconds = 60;
    assertThat(sample.read(Integer::doubleValue)).isNaN();
    assertThat(questions).hasSize(1);

    questions.remove().run();
    assertThat(sample.read(Integer::doubleValue)).isNaN();
    questions.remove().run();
    assertThat(sample.read(Integer::doubleValue)).isEqualTo(2);
  }

  private Sample<Integer> answeredAtOnce(Supplier<Integer> question) {
    return new Sample<>("answers", question, Runnable::run, this::nanos);
  }

  private long nanos() {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}

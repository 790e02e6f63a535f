package org.ticketing.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockAgentTest {

  private static final long HOUR = 3_600_000;

  /** Has every kind of constant before the one that is changed. */
  public static final class Watch implements LongSupplier {

    @Override
    public long getAsLong() {
      LongSupplier reference = System::currentTimeMillis;
      List<Object> constants = List.of(1L, 2.0, "three", 4.0F, Integer.MAX_VALUE, Watch.class);
      return constants.isEmpty() ? reference.getAsLong() : System.currentTimeMillis();
    }
  }

  private static final class Redefinition extends ClassLoader {

    Redefinition() {
      super(ClockAgentTest.class.getClassLoader());
    }

    Class<?> of(byte[] code) {
      return defineClass(null, code, 0, code.length);
    }
  }

  @AfterEach
  void setRight() {
    BackwardClock.set(0);
  }

  @Test
  void whoAsksForTheTimeIsToldThatOfTheClockThatIsBehind() throws Exception {
    LongSupplier watch =
        (LongSupplier)
            new Redefinition()
                .of(ClockAgent.redirected(codeOf(Watch.class)))
                .getConstructor()
                .newInstance();
    BackwardClock.set(HOUR);

    long before = System.currentTimeMillis();
    long told = watch.getAsLong();
    long after = System.currentTimeMillis();

    assertThat(told).isBetween(before - HOUR, after - HOUR);
    BackwardClock.set(0);
    assertThat(watch.getAsLong()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void javaTimeIsToldTheSame() throws IOException {
    BackwardClock.set(HOUR);
    long second = System.currentTimeMillis() / 1000;

    assertThat(ClockAgent.redirected(codeOf(Clock.class))).isNotNull();
    assertThat(BackwardClock.getNanoTimeAdjustment(second))
        .isBetween(-HOUR * 1_000_000, (10_000 - HOUR) * 1_000_000);
  }

  @Test
  void whoDoesNotAskIsLeftAsItIs() throws IOException {
    assertThat(ClockAgent.redirected(codeOf(Network.class))).isNull();
  }

  private static byte[] codeOf(Class<?> type) throws IOException {
    try (InputStream code =
        ClassLoader.getSystemResourceAsStream(type.getName().replace('.', '/') + ".class")) {
      return code.readAllBytes();
    }
  }
}

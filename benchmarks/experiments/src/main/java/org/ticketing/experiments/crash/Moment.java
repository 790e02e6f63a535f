package org.ticketing.experiments.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The helper of the rules, and the only thing that is brought into a process under test: it stops
 * the first thread that comes to the point until the crash has happened. Needs nothing but the JDK.
 */
public class Moment {

  /**
   * The system property with the port on which somebody waits for the moment. The agent sets only
   * properties that begin like its own.
   */
  static final String PORT = "org.jboss.byteman.ticketing.moment";

  private static final long LONGEST_SECONDS = 120;

  private static volatile Once once = new Once();

  /** What may happen once for each script. */
  private static final class Once {
    private final AtomicBoolean reached = new AtomicBoolean();
    private final AtomicBoolean first = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
  }

  /** Called by Byteman when a script is installed. */
  public static void activated() {
    once = new Once();
  }

  /** Called by Byteman when a script is removed; nobody stays behind. */
  public static void deactivated() {
    once.over.countDown();
  }

  /** Tells that the point is reached, and waits until what is to happen there has happened. */
  public void reached() {
    Once current = once;
    if (!current.reached.compareAndSet(false, true)) {
      return;
    }
    try (Socket harness =
        new Socket(InetAddress.getLoopbackAddress(), Integer.getInteger(PORT).intValue())) {
      harness.getInputStream().read();
    } catch (IOException goneIsOverToo) {
      // Then the moment is over.
    } finally {
      current.over.countDown();
    }
  }

  /** Waits until the moment is over: keeps other messages of the same phase back. */
  public void behind() throws InterruptedException {
    once.over.await(LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  /** True for the first who asks, until the next script. */
  public boolean first() {
    return once.first.compareAndSet(false, true);
  }
}

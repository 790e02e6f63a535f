package org.ticketing.experiments.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The helper class of the rules: it stops the first thread that comes to the point until the fault
 * has been injected. It is loaded into the running process, and therefore needs only the JDK.
 */
public class Moment {

  /**
   * The system property with the port to connect to when the point is reached. The agent sets only
   * properties with the prefix of its own.
   */
  static final String PORT = "org.jboss.byteman.ticketing.moment";

  private static final long LONGEST_SECONDS = 120;

  private static volatile Once once = new Once();

  /** The state of one installed script. */
  private static final class Once {
    private final AtomicBoolean reached = new AtomicBoolean();
    private final AtomicBoolean first = new AtomicBoolean();
    private final AtomicBoolean noted = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
  }

  /** Called by Byteman when a script is installed. */
  public static void activated() {
    once = new Once();
  }

  /** Called by Byteman when a script is removed; lets all waiting threads go on. */
  public static void deactivated() {
    once.over.countDown();
  }

  /** Reports that the point is reached, and waits until the fault has been injected. */
  public void reached() {
    Once current = once;
    if (!current.reached.compareAndSet(false, true)) {
      return;
    }
    try (Socket harness =
        new Socket(InetAddress.getLoopbackAddress(), Integer.getInteger(PORT).intValue())) {
      harness.getInputStream().read();
    } catch (IOException harnessGone) {
      // Nobody injects a fault any more, so the thread goes on.
    } finally {
      current.over.countDown();
    }
  }

  /** Waits for the same moment. It keeps back other messages of the same phase. */
  public void behind() throws InterruptedException {
    once.over.await(LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  /** Has {@link #noted} be true from now on. */
  public void note() {
    once.noted.set(true);
  }

  /** Whether something was noted since the script was installed. */
  public boolean noted() {
    return once.noted.get();
  }

  /** True for the first call since the script was installed. */
  public boolean first() {
    return once.first.compareAndSet(false, true);
  }
}

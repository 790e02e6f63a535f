package org.ticketing.experiments.live;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.TicketingSystem;

/**
 * Systems side by side, on which one order at a time is played, and the page that shows it. The
 * page is on the loopback interface alone.
 */
public final class LiveComparison implements Closeable {

  private final Performances performances;
  private final LivePage page;
  private final Closeable systems;

  private LiveComparison(Stage stage, Closeable systems, int port) throws IOException {
    this.performances = new Performances(stage);
    this.page = LivePage.serve(performances, port);
    this.systems = systems;
  }

  /**
   * Starts the systems and the page.
   *
   * @param trackers where the tracker of a system is, if it has one
   * @param port of the page; 0 for a free one
   * @throws IOException the port is taken
   */
  public static LiveComparison start(
      LocalStack stack,
      List<SystemDescription> descriptions,
      Function<TicketingSystem, Optional<String>> trackers,
      int port)
      throws InterruptedException, IOException {
    RunningSystems systems = RunningSystems.start(stack, descriptions, trackers);
    try {
      return new LiveComparison(systems, systems, port);
    } catch (IOException | RuntimeException failure) {
      systems.close();
      throw failure;
    }
  }

  /** Where the page is. */
  public String url() {
    return page.url();
  }

  /** Ends what is played, the page, and the systems. */
  @Override
  public void close() throws IOException {
    page.close();
    performances.close();
    systems.close();
  }
}

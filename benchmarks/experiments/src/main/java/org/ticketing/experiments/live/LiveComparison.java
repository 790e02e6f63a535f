package org.ticketing.experiments.live;

import com.sun.net.httpserver.HttpServer;
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
  private final RunningSystems systems;

  private LiveComparison(RunningSystems systems, HttpServer server) {
    this.performances = new Performances(systems);
    this.page = LivePage.serve(performances, server);
    this.systems = systems;
  }

  /**
   * Starts the systems and the page.
   *
   * @param trackers where the tracker of a system is, if it has one
   * @param port of the page; 0 for a free one
   * @throws org.ticketing.stack.run.UnusableException the port is taken; nothing was started
   */
  public static LiveComparison start(
      LocalStack stack,
      List<SystemDescription> descriptions,
      Function<TicketingSystem, Optional<String>> trackers,
      int port)
      throws InterruptedException, IOException {
    HttpServer server = LivePage.bind(port);
    try {
      return new LiveComparison(RunningSystems.start(stack, descriptions, trackers), server);
    } catch (RuntimeException | InterruptedException failure) {
      server.stop(0);
      throw failure;
    }
  }

  /** Where the page is. */
  public String url() {
    return page.url();
  }

  /** Ends what is played, the page, and the systems. */
  @Override
  public void close() {
    page.close();
    performances.close();
    systems.close();
  }
}

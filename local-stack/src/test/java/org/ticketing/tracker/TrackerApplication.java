package org.ticketing.tracker;

import java.io.IOException;
import org.ticketing.alpha.AlphaApplication;

/** Takes the place of the program with the page of operators. */
public final class TrackerApplication {

  private TrackerApplication() {}

  public static void main(String[] args) throws IOException {
    AlphaApplication.main(args);
  }
}

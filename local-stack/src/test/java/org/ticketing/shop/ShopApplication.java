package org.ticketing.shop;

import java.io.IOException;
import org.ticketing.alpha.AlphaApplication;

/** Takes the place of the program of the services that take no part in payments. */
public final class ShopApplication {

  private ShopApplication() {}

  public static void main(String[] args) throws IOException {
    AlphaApplication.main(args);
  }
}

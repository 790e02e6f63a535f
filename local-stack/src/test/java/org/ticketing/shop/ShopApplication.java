package org.ticketing.shop;

import java.io.IOException;
import org.ticketing.alpha.AlphaApplication;

/** Stands where the stack expects the program of services that take no part in payments. */
public final class ShopApplication {

  private ShopApplication() {}

  public static void main(String[] args) throws IOException {
    AlphaApplication.main(args);
  }
}

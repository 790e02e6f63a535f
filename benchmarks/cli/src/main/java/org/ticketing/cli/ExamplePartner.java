package org.ticketing.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A partner platform for trying things out: checks what it is told and prints it. */
final class ExamplePartner implements AutoCloseable {

  static final String SECRET = "a secret the two of us share";

  private static final String ALGORITHM = "HmacSHA256";

  private final PrintWriter out;
  private final HttpServer server;

  private ExamplePartner(PrintWriter out) throws IOException {
    this.out = out;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/sales", this::receive);
    server.start();
  }

  static ExamplePartner start(PrintWriter out) throws IOException {
    return new ExamplePartner(out);
  }

  /** Where it wants to be told of sales. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/sales";
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String timestamp = exchange.getRequestHeaders().getFirst("Ticketing-Timestamp");
      String signature = exchange.getRequestHeaders().getFirst("Ticketing-Signature");
      boolean valid = isSignedBy(SECRET, timestamp, body, signature);
      out.printf(
          "partner was told, signature %s: %s%n",
          valid ? "valid" : "NOT VALID", new String(body, StandardCharsets.UTF_8));
      out.flush();
      exchange.sendResponseHeaders(valid ? 204 : 403, -1);
    }
  }

  private static boolean isSignedBy(
      String secret, String timestamp, byte[] body, String signature) {
    if (timestamp == null || signature == null) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
      String expected = "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
      return MessageDigest.isEqual(
          expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

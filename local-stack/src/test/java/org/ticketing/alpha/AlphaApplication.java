package org.ticketing.alpha;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Takes the place of a system's application. It answers that it is ready, and on any other path
 * what it was told at its start. With {@code broken=<process>}, that process fails to start.
 */
public final class AlphaApplication {

  private AlphaApplication() {}

  public static void main(String[] args) throws IOException {
    var properties =
        new TreeMap<>(
            Arrays.stream(args)
                .map(argument -> argument.substring(2).split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    if (properties.get("spring.application.name").equals(properties.get("broken"))) {
      throw new IllegalStateException("the wallet is on fire");
    }
    properties.put(
        "service key",
        System.getenv()
            .getOrDefault("TICKETING_SECURITY_SERVICE_TOKEN_PRIVATE_KEY", "none")
            .replaceAll("-----[A-Z ]+-----|\n", ""));
    properties.put(
        "signs tokens",
        String.valueOf(System.getenv().containsKey("TICKETING_USER_TOKEN_PRIVATE_KEY")));
    properties.put("password", String.valueOf(System.getenv("SPRING_DATASOURCE_PASSWORD")));
    properties.put("java.version", System.getProperty("java.version"));
    var server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(properties.get("server.port"))),
            0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] answer =
              properties.entrySet().stream()
                  .map(entry -> entry.getKey() + "=" + entry.getValue())
                  .collect(Collectors.joining("\n"))
                  .getBytes();
          exchange.sendResponseHeaders(
              path.equals("/actuator/health/readiness") ? 404 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }
}

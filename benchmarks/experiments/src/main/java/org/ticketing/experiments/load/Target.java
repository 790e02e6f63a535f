package org.ticketing.experiments.load;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.ticketing.stack.run.UnusableException;
import org.ticketing.stack.system.SystemDescription;

/**
 * Where the services of a system are that runs elsewhere.
 *
 * @param given by the user: a URL, or the path of a file with the URL of each service
 * @param urls the base URL of a service by its name
 */
public record Target(String given, UnaryOperator<String> urls) {

  /** Where a URL has the name of a service. */
  private static final String SERVICE = "{service}";

  /**
   * The services at a URL: of a gateway to all of them, or of each with {@value #SERVICE} for its
   * name. Or those whose URLs are in a properties file, by the names of the services.
   *
   * @throws UnusableException it is neither, or the file does not have exactly the eight services
   */
  public static Target of(String given) {
    if (isUrl(given)) {
      String base = withoutSlash(given);
      return new Target(given, service -> base.replace(SERVICE, service));
    }
    Path file = Path.of(given);
    if (!Files.isRegularFile(file)) {
      throw new UnusableException(
          "A target is a URL such as http://127.0.0.1:8080 or http://{service}.example.org, or a"
              + " file with the URL of each service; there is no file %s.".formatted(given));
    }
    Properties urls = read(file);
    check(urls, file);
    return new Target(given, service -> withoutSlash(urls.getProperty(service)));
  }

  /** Whether it is an HTTP URL, also with {@value #SERVICE} in it. */
  public static boolean isUrl(String url) {
    try {
      URI one = URI.create(url.replace(SERVICE, "service"));
      return Set.of("http", "https").contains(String.valueOf(one.getScheme()))
          && one.getHost() != null;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new UnusableException(
          "%s cannot be read as properties: %s".formatted(file, unreadable.getMessage()));
    }
  }

  private static void check(Properties urls, Path file) {
    List<String> missing =
        SystemDescription.SERVICES.stream().filter(service -> !urls.containsKey(service)).toList();
    if (!missing.isEmpty()) {
      throw new UnusableException(
          "%s has no URL of: %s.".formatted(file, String.join(", ", missing)));
    }
    for (String service : new TreeSet<>(urls.stringPropertyNames())) {
      if (!SystemDescription.SERVICES.contains(service)) {
        throw new UnusableException(
            "%s names %s, which is none of the services: %s."
                .formatted(file, service, String.join(", ", SystemDescription.SERVICES)));
      }
      if (!isUrl(urls.getProperty(service))) {
        throw new UnusableException(
            "%s: %s=%s is no URL such as http://127.0.0.1:8080."
                .formatted(file, service, urls.getProperty(service)));
      }
    }
  }

  private static String withoutSlash(String url) {
    return url.replaceAll("/+$", "");
  }
}

package org.ticketing.xa;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * The address of one instance of a participant, such as {@code http://10.232.0.5:8080}. Several
 * instances may answer to the participant's name, and a branch that is not prepared lives in the
 * memory and on the connection of one of them. That instance names itself in a header of its answer
 * to the work that has started the branch. What follows in this branch goes to it.
 *
 * <p>The header is trusted as far as the rest of the answer is. Whoever answers in a participant's
 * place has received the token for this participant with the work already, and gets nothing more by
 * naming an address: the same token is sent there, and only processes of the participant accept it.
 * The address has to be of this form all the same, with the scheme of the call that it answers, so
 * that it can lead to no other path and not from TLS to plain text. Otherwise, it is ignored.
 *
 * @param url scheme, host, and port, and nothing else
 */
record InstanceAddress(URI url) {

  /** Of the answer to the work that starts a branch. */
  static final String HEADER = "Ticketing-Branch-At";

  private static final Logger log = LoggerFactory.getLogger(InstanceAddress.class);

  /**
   * @throws IllegalArgumentException the URL has another form
   */
  InstanceAddress {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())
        || url.getHost() == null
        || !(url.getScheme() + "://" + url.getAuthority()).equals(url.toString())
        || url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "must be a scheme, a host, and a port, such as http://10.0.0.5:8080, not '%s'"
              .formatted(url));
    }
  }

  /**
   * Returns the address at which this process was called, which is one of its own even where its
   * name leads to several instances: that of its end of the connection.
   */
  static InstanceAddress calledBy(HttpServletRequest call) {
    String host = call.getLocalAddr();
    return new InstanceAddress(
        URI.create(
            "%s://%s:%s"
                .formatted(
                    call.getScheme(),
                    host.contains(":") ? "[" + withoutZone(host) + "]" : host,
                    call.getLocalPort())));
  }

  /** Leaves out the name of the interface, which means nothing on another machine. */
  private static String withoutZone(String ipv6) {
    int zone = ipv6.indexOf('%');
    return zone < 0 ? ipv6 : ipv6.substring(0, zone);
  }

  /**
   * @param answer to a call
   * @param called what was called
   * @return empty if the answer names no instance, or not as it should
   */
  static Optional<InstanceAddress> in(HttpHeaders answer, URI called) {
    String named = answer.getFirst(HEADER);
    if (named == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new InstanceAddress(URI.create(named)))
          .filter(address -> address.url.getScheme().equals(called.getScheme()));
    } catch (IllegalArgumentException malformed) {
      log.warn("{} has named its instance '{}': {}", called, named, malformed.getMessage());
      return Optional.empty();
    }
  }

  /** Returns the same request to this instance. */
  HttpRequest lead(HttpRequest request) {
    URI byName = request.getURI();
    String query = byName.getRawQuery();
    URI here = url.resolve(query == null ? byName.getRawPath() : byName.getRawPath() + "?" + query);
    return new HttpRequestWrapper(request) {
      @Override
      public URI getURI() {
        return here;
      }
    };
  }

  @Override
  public String toString() {
    return url.toString();
  }
}

package org.ticketing.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves the name of a service to the addresses of its instances in random order, so that
 * connections spread over all of them: the JVM keeps an answer for some seconds, in one order, and
 * a connection is opened to the first address that accepts it.
 */
final class AnyInstance implements DnsResolver {

  private final DnsResolver names;

  AnyInstance() {
    this(SystemDefaultDnsResolver.INSTANCE);
  }

  AnyInstance(DnsResolver names) {
    this.names = names;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    // A copy, because a resolver may answer with an array that it keeps.
    List<InetAddress> addresses = Arrays.asList(names.resolve(host).clone());
    Collections.shuffle(addresses);
    return addresses.toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return names.resolveCanonicalHostname(host);
  }
}

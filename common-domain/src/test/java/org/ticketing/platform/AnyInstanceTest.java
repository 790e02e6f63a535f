package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;

class AnyInstanceTest {

  /** So many that not even once in the life of this test one of two is never the first. */
  private static final int CONNECTIONS = 200;

  private final InetAddress[] instances = {address(1), address(2)};
  private final AnyInstance anyInstance = new AnyInstance(new Names());

  @Test
  void everyInstanceIsTheFirstForSomeConnections() throws UnknownHostException {
    Set<InetAddress> first = new HashSet<>();
    for (int connection = 0; connection < CONNECTIONS; connection++) {
      first.add(anyInstance.resolve("point")[0]);
    }

    assertThat(first).containsExactlyInAnyOrder(instances);
  }

  @Test
  void theOtherInstancesFollowForAConnectionThatIsRefused() throws UnknownHostException {
    assertThat(anyInstance.resolve("point")).containsExactlyInAnyOrder(instances);
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Knows both instances, always in the same order. */
  private final class Names implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) {
      return instances;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}

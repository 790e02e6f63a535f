package org.ticketing.tcc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.seata.core.model.BranchType;
import org.apache.seata.core.rpc.netty.RmNettyRemotingClient;
import org.apache.seata.discovery.registry.RegistryFactory;
import org.apache.seata.discovery.registry.RegistryService;
import org.apache.seata.rm.DefaultResourceManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Phase two reaches a participant over the connection the participant has opened. Seata's client
 * looks for a lost one only when it has something to send, after 60 seconds, then every 10; until
 * then a restarted server could not finish what it was doing.
 */
@Component
class ServerConnection {

  private static final int CONNECT_MILLIS = 1000;

  private final String group;

  ServerConnection(@Value("${seata.tx-service-group}") String group) {
    this.group = group;
  }

  @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
  void keep() throws Exception {
    DefaultResourceManager.get()
        .getResourceManager(BranchType.TCC)
        .getManagedResources()
        .values()
        .forEach(
            action ->
                RmNettyRemotingClient.getInstance()
                    .registerResource(action.getResourceGroupId(), action.getResourceId()));
    findServers();
  }

  /**
   * A process has two connections, one for its branches and one for its global transactions. When
   * either fails to connect, the client forgets the servers for both (NettyClientChannelManager,
   * doReconnect), and says "no available service" to payments over a connection that works.
   */
  private void findServers() throws Exception {
    RegistryService<?> servers = RegistryFactory.getInstance();
    if (servers.aliveLookup(group).isEmpty()) {
      List<InetSocketAddress> alive =
          servers.lookup(group).stream().filter(ServerConnection::accepts).toList();
      if (!alive.isEmpty()) {
        servers.refreshAliveLookup(group, alive);
      }
    }
  }

  private static boolean accepts(InetSocketAddress server) {
    try (Socket socket = new Socket()) {
      socket.connect(server, CONNECT_MILLIS);
      return true;
    } catch (IOException away) {
      return false;
    }
  }
}

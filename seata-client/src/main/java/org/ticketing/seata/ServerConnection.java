package org.ticketing.seata;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.seata.core.rpc.netty.RmNettyRemotingClient;
import org.apache.seata.discovery.registry.FileRegistryServiceImpl;
import org.apache.seata.discovery.registry.RegistryFactory;
import org.apache.seata.discovery.registry.RegistryService;
import org.apache.seata.rm.DefaultResourceManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Opens a lost connection to Seata's server again within a second. The server calls a participant
 * (for phase two of TCC, or for compensation of a saga) over the connection that the participant
 * has opened. Left alone, Seata's client looks for a lost one only when it has something to send,
 * after 60 seconds, and then every 10; until then a restarted server cannot finish what it was
 * doing.
 */
public class ServerConnection {

  private static final int CONNECT_MILLIS = 1000;

  private final String group;

  public ServerConnection(@Value("${seata.tx-service-group}") String group) {
    this.group = group;
  }

  @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
  void keep() throws Exception {
    DefaultResourceManager.get()
        .getManagedResources()
        .values()
        .forEach(
            resource ->
                RmNettyRemotingClient.getInstance()
                    .registerResource(resource.getResourceGroupId(), resource.getResourceId()));
    findServers();
  }

  /**
   * Tells the client of servers that it has forgotten. A process has two connections, one for its
   * branches and one for its global transactions. When either fails to connect, the client forgets
   * the servers for both (NettyClientChannelManager, doReconnect), and says "no available service"
   * to payments over a connection that works. Those of a Raft cluster tell who leads.
   */
  private void findServers() throws Exception {
    RegistryService<?> servers = RegistryFactory.getInstance();
    if (servers instanceof ServerCluster cluster) {
      cluster.ask();
    } else if (servers instanceof FileRegistryServiceImpl && servers.aliveLookup(group).isEmpty()) {
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

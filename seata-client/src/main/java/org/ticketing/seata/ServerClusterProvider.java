package org.ticketing.seata;

import java.util.List;
import org.apache.seata.common.loader.LoadLevel;
import org.apache.seata.config.ConfigurationFactory;
import org.apache.seata.discovery.registry.RegistryProvider;
import org.apache.seata.discovery.registry.RegistryService;

/**
 * Gives Seata's client a {@link ServerCluster} if {@code seata.registry.type} is {@code custom} and
 * {@code seata.registry.custom.name} is {@code cluster}. The servers are those of {@code
 * seata.registry.raft.server-addr}.
 */
@LoadLevel(name = "cluster")
public class ServerClusterProvider implements RegistryProvider {

  private static final String SERVERS = "registry.raft.serverAddr";

  @Override
  public RegistryService<?> provide() {
    String servers = ConfigurationFactory.CURRENT_FILE_INSTANCE.getConfig(SERVERS, "");
    if (servers.isBlank()) {
      throw new IllegalStateException(
          "seata.registry.raft.server-addr must have host and port of each server of the cluster.");
    }
    return new ServerCluster(List.of(servers.strip().split("\\s*,\\s*")));
  }
}

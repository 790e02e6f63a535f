package org.ticketing.tcc;

import java.util.concurrent.TimeUnit;
import org.apache.seata.core.model.BranchType;
import org.apache.seata.core.rpc.netty.RmNettyRemotingClient;
import org.apache.seata.rm.DefaultResourceManager;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Phase two reaches a participant over the connection the participant has opened. Seata's client
 * looks for a lost one only when it has something to send, after 60 seconds, then every 10; until
 * then a restarted server could not finish what it was doing.
 */
@Component
class ServerConnection {

  @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
  void keep() {
    DefaultResourceManager.get()
        .getResourceManager(BranchType.TCC)
        .getManagedResources()
        .values()
        .forEach(
            action ->
                RmNettyRemotingClient.getInstance()
                    .registerResource(action.getResourceGroupId(), action.getResourceId()));
  }
}

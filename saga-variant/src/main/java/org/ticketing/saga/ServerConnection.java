package org.ticketing.saga;

import java.util.concurrent.TimeUnit;
import org.apache.seata.core.model.BranchType;
import org.apache.seata.core.rpc.netty.RmNettyRemotingClient;
import org.apache.seata.rm.DefaultResourceManager;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;

/**
 * Recovery is asked for over the connection this process has opened. Seata's client looks for a
 * lost one only when it has something to send, after 60 seconds, then every 10; until then a
 * restarted server could not have anything compensated.
 */
@Component
@ConditionalOnHosted("payment")
class ServerConnection {

  @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
  void keep() {
    DefaultResourceManager.get()
        .getResourceManager(BranchType.SAGA)
        .getManagedResources()
        .values()
        .forEach(
            saga ->
                RmNettyRemotingClient.getInstance()
                    .registerResource(saga.getResourceGroupId(), saga.getResourceId()));
  }
}

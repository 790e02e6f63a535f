package org.ticketing.tcc;

import org.apache.seata.common.Constants;
import org.apache.seata.core.exception.TransactionException;
import org.apache.seata.core.model.BranchType;
import org.apache.seata.rm.DefaultResourceManager;
import org.apache.seata.rm.tcc.TCCResourceManager;
import org.ticketing.platform.Phases;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Seata's branches, which also keep the trace that they are tried in. It is registered with the
 * arguments of confirm and cancel, and comes back from Seata's server as they do, so that the
 * {@link Fence} can continue it. This takes no message of its own.
 */
class TracedBranches extends TCCResourceManager {

  /** The name of the trace in the data of a branch. */
  static final String TRACE = "trace";

  private TracedBranches() {}

  /** Puts them in the place of Seata's own, which is to happen before there are actions. */
  static void use() {
    DefaultResourceManager.get(); // loads Seata's own
    DefaultResourceManager.mockResourceManager(BranchType.TCC, new TracedBranches());
  }

  @Override
  public Long branchRegister(
      BranchType type, String action, String client, String xid, String data, String locks)
      throws TransactionException {
    return super.branchRegister(type, action, client, xid, withTrace(data), locks);
  }

  private String withTrace(String data) {
    String trace = Phases.trace();
    if (trace == null) {
      return data;
    }
    ObjectNode branch = (ObjectNode) JsonMapper.shared().readTree(data);
    ((ObjectNode) branch.get(Constants.TX_ACTION_CONTEXT)).put(TRACE, trace);
    return branch.toString();
  }
}

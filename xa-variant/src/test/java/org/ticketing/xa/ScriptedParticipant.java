package org.ticketing.xa;

import static javax.transaction.xa.XAException.XAER_RMFAIL;
import static javax.transaction.xa.XAResource.XA_OK;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.ticketing.platform.ServiceUnavailable;

/** A participant that answers as a test tells it, and writes down what it was told. */
class ScriptedParticipant implements BranchApi {

  final List<String> messages = new CopyOnWriteArrayList<>();
  final Set<String> prepared = ConcurrentHashMap.newKeySet();
  volatile IntSupplier onPrepare = () -> XA_OK;
  volatile IntSupplier onCommit = () -> XA_OK;
  volatile IntSupplier onRollback = () -> XA_OK;
  volatile Runnable afterListing = () -> {};
  volatile boolean isDown;

  @Override
  public int prepare(BranchXid branch) {
    messages.add("prepare");
    int vote = onPrepare.getAsInt();
    if (vote == XA_OK) {
      prepared.add(branch.toString());
    }
    return vote;
  }

  @Override
  public int commit(BranchXid branch, boolean onePhase) {
    messages.add("commit");
    return ended(branch, onCommit.getAsInt());
  }

  @Override
  public int rollback(BranchXid branch) {
    messages.add("rollback");
    return ended(branch, onRollback.getAsInt());
  }

  private int ended(BranchXid branch, int code) {
    if (code != XAER_RMFAIL) {
      prepared.remove(branch.toString());
    }
    return code;
  }

  @Override
  public List<String> prepared() {
    if (isDown) {
      throw new ServiceUnavailable("down");
    }
    List<String> listed = List.copyOf(prepared);
    afterListing.run();
    return listed;
  }
}

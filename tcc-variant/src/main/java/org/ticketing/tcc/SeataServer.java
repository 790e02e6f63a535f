package org.ticketing.tcc;

import org.apache.seata.core.exception.TransactionException;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.core.model.TransactionManager;
import org.apache.seata.tm.TransactionManagerHolder;
import org.ticketing.platform.ServiceUnavailable;

/** What can be asked of Seata's server about a transaction that somebody else has begun. */
final class SeataServer {

  private interface Question {
    GlobalStatus ask(TransactionManager server) throws TransactionException;
  }

  private SeataServer() {}

  /**
   * Returns {@code Finished} for a transaction that the server does not know, or does not know any
   * more, and {@code UnKnown} for one that is changing at this moment.
   *
   * @throws ServiceUnavailable it gives no answer
   */
  static GlobalStatus statusOf(String xid) {
    return answer(server -> server.getStatus(xid));
  }

  /**
   * Has all branches cancelled, unless something is decided already.
   *
   * @return the status after that, which is another one if something was decided
   * @throws ServiceUnavailable it gives no answer; it may have been done
   */
  static GlobalStatus rollBack(String xid) {
    return answer(server -> server.rollback(xid));
  }

  private static GlobalStatus answer(Question question) {
    try {
      GlobalStatus status = question.ask(TransactionManagerHolder.get());
      return status == null ? GlobalStatus.UnKnown : status;
    } catch (TransactionException | RuntimeException failure) {
      throw new ServiceUnavailable("Seata's server gives no answer.", failure);
    }
  }
}

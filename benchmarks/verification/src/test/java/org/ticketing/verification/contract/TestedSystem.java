package org.ticketing.verification.contract;

import org.ticketing.testing.Database;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.workload.PublicApis;

/** What the contract needs of a running system, wherever it runs. */
public interface TestedSystem extends AutoCloseable {

  /** The APIs, without a user. */
  PublicApis visitor();

  /** The APIs, as an operator. */
  PublicApis operator();

  /** What an audit asks. */
  SystemDatabases databases();

  Database database(String service);

  /** Kills what hosts these services, which is then down until it is started again. */
  Outage kill(String... services);

  /** Ends the system. */
  @Override
  void close();

  /** Something that was killed and is down. */
  interface Outage extends AutoCloseable {

    /** Starts it again, and returns when it is ready. */
    @Override
    void close();
  }
}

package org.ticketing.xa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hands out the branch's connection to a thread that works in a branch, and connections of the pool
 * to everybody else. So the ordinary transactions of the domain run inside branches unchanged.
 */
class BranchDataSource extends DelegatingDataSource {

  private final Supplier<Branch> branchOfThisThread;

  /**
   * @param branchOfThisThread null outside of branches
   */
  BranchDataSource(DataSource pool, Supplier<Branch> branchOfThisThread) {
    super(pool);
    this.branchOfThisThread = branchOfThisThread;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Branch branch = branchOfThisThread.get();
    return branch == null ? super.getConnection() : branch.openConnection();
  }
}

package org.ticketing.xa;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hands out the branch's connection to a thread that works in a branch, and a connection of the
 * pool to every other. The ordinary transactions of the domain thus run in branches unchanged.
 */
class BranchDataSource extends DelegatingDataSource {

  BranchDataSource(DataSource pool) {
    super(pool);
  }

  @Override
  public Connection getConnection() throws SQLException {
    CurrentBranch.Connections branch = CurrentBranch.get();
    return branch == null ? super.getConnection() : branch.open();
  }
}

package org.ticketing.xa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The connection of a branch as a local transaction sees it. What the transaction commits becomes
 * part of the branch: nothing is committed here. When it rolls back, the branch must roll back.
 * When it closes the connection, the branch keeps it.
 */
class BranchConnection implements InvocationHandler {

  private final Connection connection;
  private final Runnable rollback;
  private final Runnable close;
  private boolean closed;

  private BranchConnection(Connection connection, Runnable rollback, Runnable close) {
    this.connection = connection;
    this.rollback = rollback;
    this.close = close;
  }

  /**
   * @param connection of the branch
   * @param rollback is run instead of a rollback
   * @param close is run once, instead of closing the connection
   */
  static Connection open(Connection connection, Runnable rollback, Runnable close) {
    return (Connection)
        Proxy.newProxyInstance(
            BranchConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new BranchConnection(connection, rollback, close));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "getAutoCommit":
        return false;
      case "isClosed":
        return closed;
      case "setAutoCommit", "setReadOnly", "setTransactionIsolation", "commit":
        return null;
      case "rollback":
        boolean toSavepoint = arguments != null;
        if (toSavepoint) {
          return call(method, arguments);
        }
        rollback.run();
        return null;
      case "close":
        if (!closed) {
          closed = true;
          close.run();
        }
        return null;
      default:
        return call(method, arguments);
    }
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (closed) {
      throw new SQLException("this connection is closed");
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }
}

package org.ticketing.stack.system;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.ticketing.stack.process.StackProcess;

/**
 * Gives processes that run in several instances one address each, at which the other processes
 * reach any of them, connection by connection. On a network, a name with several addresses would do
 * so.
 */
public final class SharedAddresses implements Detours, Closeable {

  private final Map<String, Balancer> balancers = new HashMap<>();

  /**
   * @param processes the names of those that are to run in several instances
   * @throws UncheckedIOException no port is free
   */
  public SharedAddresses(Collection<String> processes) {
    try {
      for (String process : processes) {
        balancers.put(process, new Balancer());
      }
    } catch (IOException noPort) {
      close();
      throw new UncheckedIOException(noPort);
    }
  }

  /** Leads connections to one more instance of a process. */
  public void add(String process, StackProcess instance) {
    balancers.get(process).add(instance.port());
  }

  /** The root of the HTTP API of whichever instance of a process. */
  public String url(String process) {
    return "http://127.0.0.1:" + balancers.get(process).port();
  }

  /** Leads to the first instance from the beginning, because others may call it before it is up. */
  @Override
  public int portFor(String caller, String callee, int port) {
    Balancer shared = balancers.get(callee);
    if (shared == null) {
      return port;
    }
    shared.add(port);
    return shared.port();
  }

  @Override
  public int portForInstance(String caller, String callee, int port) {
    return port;
  }

  @Override
  public void close() {
    balancers.values().forEach(Balancer::close);
  }
}

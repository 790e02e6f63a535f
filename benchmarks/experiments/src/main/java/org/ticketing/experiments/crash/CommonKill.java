package org.ticketing.experiments.crash;

import java.util.List;
import java.util.concurrent.Callable;
import org.ticketing.stack.process.Parallel;

/**
 * SIGKILL to what has one name in several systems of one stack: to a process of each of them, or to
 * the server that they share.
 */
public final class CommonKill {

  private final String name;
  private final List<TargetSystem> systems;
  private final boolean isOfServer;

  /**
   * A kill, which is not injected yet.
   *
   * @param systems all of which have a process of that name, or all of which use the server
   */
  public CommonKill(String name, List<TargetSystem> systems) {
    this.name = name;
    this.systems = List.copyOf(systems);
    this.isOfServer = systems.get(0).isServer(name);
  }

  /** Kills, and returns when what is killed is gone. */
  public void inject() {
    if (isOfServer) {
      systems.get(0).kill(List.of(name));
      others().forEach(system -> system.network().down(name));
    } else {
      systems.forEach(system -> system.kill(List.of(name)));
    }
  }

  /**
   * Restarts what was killed, on its data, and returns when it is ready.
   *
   * @throws org.ticketing.stack.process.StackException it does not become ready
   */
  public void repair() {
    if (isOfServer) {
      systems.get(0).restart(List.of(name));
      others().forEach(system -> system.network().up(name));
      return;
    }
    Parallel.run(
        systems.size(),
        systems.stream()
            .<Callable<Void>>map(
                system ->
                    () -> {
                      system.restart(List.of(name));
                      return null;
                    })
            .toList());
  }

  private List<TargetSystem> others() {
    return systems.subList(1, systems.size());
  }
}

package org.ticketing.stack;

import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import org.ticketing.stack.system.TicketingSystem;

/** A program that starts a stack and a system, tells its progress, pauses the system, and waits. */
final class StackParent {

  private static final SystemDescription ALPHA = Systems.named("alpha");

  private StackParent() {}

  public static void main(String[] args) throws InterruptedException {
    LocalStack stack =
        LocalStack.prepare(StackOptions.forSystems(ALPHA).withProgress(StackParent::say));
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
    stack.startServers();
    TicketingSystem system = stack.start(ALPHA);
    say("ready");
    system.pause();
    say("paused");
    Thread.currentThread().join();
  }

  private static void say(String line) {
    System.out.println(line);
  }
}

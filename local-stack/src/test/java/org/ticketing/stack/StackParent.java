package org.ticketing.stack;

/** A command that starts a stack and a system, says what it does, pauses the system, and stays. */
final class StackParent {

  private StackParent() {}

  public static void main(String[] args) throws InterruptedException {
    LocalStack stack =
        LocalStack.prepare(StackOptions.forVariants(Variant.XA).withProgress(StackParent::say));
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
    stack.startServers();
    TicketingSystem system = stack.start(Variant.XA);
    say("ready");
    system.pause();
    say("paused");
    Thread.currentThread().join();
  }

  private static void say(String line) {
    System.out.println(line);
  }
}

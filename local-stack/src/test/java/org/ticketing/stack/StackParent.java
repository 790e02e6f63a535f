package org.ticketing.stack;

/** A command that starts a stack and a system, says what it does, and stays. */
final class StackParent {

  private StackParent() {}

  public static void main(String[] args) throws InterruptedException {
    LocalStack stack =
        LocalStack.prepare(StackOptions.forVariants(Variant.XA).withProgress(StackParent::say));
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
    stack.startServers();
    stack.start(Variant.XA);
    say("ready");
    Thread.currentThread().join();
  }

  private static void say(String line) {
    System.out.println(line);
  }
}

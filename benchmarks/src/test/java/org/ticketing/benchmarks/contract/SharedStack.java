package org.ticketing.benchmarks.contract;

import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.Variant;

/**
 * The servers that the systems of all contract tests run on, started once. They end with this JVM.
 */
final class SharedStack {

  private static LocalStack stack;

  private SharedStack() {}

  static synchronized LocalStack get() {
    if (stack == null) {
      LocalStack prepared = LocalStack.prepare(StackOptions.forVariants(Variant.values()));
      Runtime.getRuntime().addShutdownHook(new Thread(prepared::close));
      prepared.startServers();
      stack = prepared;
    }
    return stack;
  }
}

package org.ticketing.stack.system;

import org.ticketing.stack.process.StackException;

/**
 * What a payment that completes costs at least, as the protocol's page in {@code
 * docs/protocol-costs.md} derives it. Lookups before the payment are in {@code serialPath} alone.
 *
 * @param minimum of the protocol, by the literature
 * @param serialPath of this implementation: what happens one after the other between a customer's
 *     request and the answer
 */
public record ProtocolCost(Minimum minimum, SerialPath serialPath) {

  /**
   * The least that the protocol needs.
   *
   * @param forcedWrites of all participants and of the coordinator
   * @param calls between processes, each a request and its answer
   */
  public record Minimum(int forcedWrites, int calls) {}

  /**
   * What is waited for, one after the other; of what is done at the same time, one counts.
   *
   * @param calls over HTTP, the customer's own among them. Messages of a coordinator's server are
   *     left out: they take a small part of the time of a call
   * @param forcedWrites waited for
   */
  public record SerialPath(int calls, int forcedWrites) {

    public SerialPath {
      if (calls < 1 || forcedWrites < 1) {
        throw new StackException("a payment takes at least one call and one forced write.");
      }
    }
  }

  public ProtocolCost {
    if (minimum == null || serialPath == null) {
      throw new StackException("minimum and serial-path are given together.");
    }
  }
}

package org.ticketing.tcc;

/**
 * A participant's part of a payment that Seata's server has forgotten.
 *
 * @param confirmed whether it was confirmed before; if not, only the payment's record can have it
 *     confirmed any more
 */
public record Orphan(boolean confirmed) {}

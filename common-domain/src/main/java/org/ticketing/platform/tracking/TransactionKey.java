package org.ticketing.platform.tracking;

import java.util.UUID;

/**
 * What a global transaction is known by. At least one of the two is there.
 *
 * @param payment the id of its payment; null if it is not known
 * @param xid the identifier that its protocol gives it; null if it is not known, or if the system
 *     has no coordinator
 */
public record TransactionKey(UUID payment, String xid) {}

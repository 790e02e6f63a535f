/**
 * What TCC and the saga share: Seata's client, its settings ({@code seata-client.yml}), its
 * {@linkplain org.ticketing.seata.ServerConnection connection} to Seata's server, and what
 * {@linkplain org.ticketing.seata.CircuitBreakingTransactionManager happens} while that gives no
 * answer.
 */
package org.ticketing.seata;

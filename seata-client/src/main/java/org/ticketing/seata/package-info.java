/**
 * What TCC and the saga share: Seata's client, its settings ({@code seata-client.yml}) and its
 * {@linkplain org.ticketing.seata.ServerConnection connection} to Seata's server.
 */
package org.ticketing.seata;

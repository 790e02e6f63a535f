package org.ticketing.stack.server;

import java.util.Map;

/**
 * What a running server answered when it was asked whether the commits that it acknowledges survive
 * a crash. A server that would lose some is refused, and has no instance of this.
 *
 * @param server name and version, as the server tells them
 * @param settings the settings that this depends on, by the server's own names
 */
public record Durability(String server, Map<String, String> settings) {}

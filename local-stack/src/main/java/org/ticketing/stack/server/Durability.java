package org.ticketing.stack.server;

import java.util.Map;

/**
 * What a running server answered when it was asked whether a commit it acknowledged survives a
 * crash. An instance exists only for a server whose answers were good enough.
 *
 * @param server name and version, as the server tells them
 * @param settings the settings that decide it, by the server's own names
 */
public record Durability(String server, Map<String, String> settings) {}

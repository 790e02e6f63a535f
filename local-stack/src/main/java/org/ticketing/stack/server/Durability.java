package org.ticketing.stack.server;

import java.util.List;
import java.util.Map;

/**
 * What a running server answered when it was asked whether the commits that it acknowledges survive
 * a crash.
 *
 * @param server name and version, as the server tells them
 * @param settings the settings that this depends on, by the server's own names
 * @param shortcomings why some would be lost, in short phrases; empty if the server is durable
 */
public record Durability(String server, Map<String, String> settings, List<String> shortcomings) {}

package org.ticketing.experiments.report;

import java.util.Map;

/**
 * What was measured, and where.
 *
 * @param versions of the libraries that make the difference, by name
 * @param changes how the libraries and servers ran that this project changes, by name
 * @param durability what each server answered when it was asked whether commits survive a crash
 */
public record Environment(
    Project project,
    Machine machine,
    Map<String, String> versions,
    Map<String, Changes> changes,
    Map<String, Map<String, String>> durability) {}

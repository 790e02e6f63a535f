package org.ticketing.experiments.report;

/**
 * Where something was measured.
 *
 * @param jdk ran the services and the Seata server
 */
public record Machine(
    String operatingSystem,
    String architecture,
    String processor,
    int processors,
    long memoryBytes,
    String fileSystem,
    String jdk) {}

package org.ticketing.experiments.report;

/**
 * The machine something was measured on.
 *
 * @param processors as many as this JVM may use
 * @param fileSystem type of the one that holds the databases
 * @param jdk that ran the services and the Seata server
 */
public record Machine(
    String operatingSystem,
    String architecture,
    String processor,
    int processors,
    long memoryBytes,
    String fileSystem,
    String jdk) {}

package org.ticketing.experiments.report;

/** The source that was measured. Both null outside a git checkout. */
public record Project(String commit, Boolean modified) {}

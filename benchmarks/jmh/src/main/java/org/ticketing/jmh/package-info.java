/**
 * Micro-benchmarks: each file measures one thing and begins with what it teaches. They start the
 * servers that they need, with durable settings, once for each JVM that JMH forks. Those that
 * measure classes that only their own package sees are in {@code org.ticketing.xa} and {@code
 * org.ticketing.saga}.
 *
 * <p>Times are sampled: a forced write stalls for milliseconds now and then, which moves the mean
 * of a run more than its median. So two runs are compared by their medians (p0.50).
 */
package org.ticketing.jmh;

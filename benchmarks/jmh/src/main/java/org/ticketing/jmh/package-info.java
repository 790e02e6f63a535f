/**
 * Micro-benchmarks: each file measures one thing and begins with what it teaches. They start the
 * servers that they need, with durable settings, once for each JVM that JMH forks. Those that
 * measure classes that only their own package sees are in {@code org.ticketing.xa} and {@code
 * org.ticketing.saga}.
 */
package org.ticketing.jmh;

/**
 * Starts the servers that systems need, and refuses those that are not durable; knows {@code
 * container}, {@code run} and {@code process}.
 */
package org.ticketing.stack.server;

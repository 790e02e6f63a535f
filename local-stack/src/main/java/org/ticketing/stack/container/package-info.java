/**
 * Starts servers in containers, with the Docker engine that Testcontainers finds; knows {@code run}
 * and {@code process}.
 */
package org.ticketing.stack.container;

/**
 * Finds the descriptions of systems and starts systems on servers; knows {@code server}, {@code
 * run} and {@code process}.
 */
package org.ticketing.stack.system;

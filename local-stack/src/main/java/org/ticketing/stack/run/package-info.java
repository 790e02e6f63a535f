/**
 * What one run of a stack has: its folder, ports, JDK and the programs of the servers; knows {@code
 * process}.
 */
package org.ticketing.stack.run;

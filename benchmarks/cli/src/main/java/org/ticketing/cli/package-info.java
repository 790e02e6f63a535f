/** The command line: what {@code ./ticketing} runs. */
package org.ticketing.cli;

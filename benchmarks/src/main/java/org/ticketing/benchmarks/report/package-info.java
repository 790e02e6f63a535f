/** What the reports of all commands have in common. */
package org.ticketing.benchmarks.report;

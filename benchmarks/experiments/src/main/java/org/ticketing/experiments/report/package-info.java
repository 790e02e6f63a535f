/** What the reports of all commands have in common. */
package org.ticketing.experiments.report;

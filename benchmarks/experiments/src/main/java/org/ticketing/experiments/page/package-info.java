/** The results as a page for a browser, {@code report.html}, and its charts as files. */
package org.ticketing.experiments.page;

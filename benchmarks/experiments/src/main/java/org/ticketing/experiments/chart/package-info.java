/** Charts in SVG, and the same figures as tables. Knows nothing of what the figures are about. */
package org.ticketing.experiments.chart;

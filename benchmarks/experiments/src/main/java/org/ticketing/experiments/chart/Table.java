package org.ticketing.experiments.chart;

import java.util.List;

/**
 * The figures of a chart as text.
 *
 * @param headings of the columns
 * @param rows as many cells each as there are headings; the first one names the row
 */
public record Table(List<String> headings, List<List<String>> rows) {}

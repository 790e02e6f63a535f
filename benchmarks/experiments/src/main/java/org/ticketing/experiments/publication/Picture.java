package org.ticketing.experiments.publication;

/**
 * A chart that a page shows.
 *
 * @param file relative to the page
 */
public record Picture(String file, String title) {}

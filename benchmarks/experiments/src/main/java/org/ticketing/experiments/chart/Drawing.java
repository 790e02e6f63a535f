package org.ticketing.experiments.chart;

import java.util.function.Consumer;

/**
 * A chart as it is drawn, from its upper left corner.
 *
 * @param content writes its elements
 */
record Drawing(double width, double height, Consumer<Svg> content) {}

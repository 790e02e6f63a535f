/** All systems side by side: interleaved rounds, ratios within each round, one audit. */
package org.ticketing.experiments.compare;

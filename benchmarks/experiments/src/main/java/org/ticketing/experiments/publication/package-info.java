/** The results that this repository publishes: read from their files, and written as pages. */
package org.ticketing.experiments.publication;

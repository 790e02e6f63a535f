/** Load at a fixed rate on one system, here or elsewhere. */
package org.ticketing.experiments.load;

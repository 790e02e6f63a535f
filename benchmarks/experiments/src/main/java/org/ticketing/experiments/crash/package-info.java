/**
 * The crash matrix: at each step of each protocol a fault is injected, what failed is restarted,
 * and the databases are audited. The steps are found by Byteman rules that reach the running
 * processes from outside; the product's code knows nothing of them.
 */
package org.ticketing.experiments.crash;

/**
 * The crash matrix: each step of each protocol, a failure at exactly that moment, a restart, an
 * audit. The moments are found by Byteman rules that reach the running processes from outside;
 * nothing in the product knows of them.
 */
package org.ticketing.experiments.crash;

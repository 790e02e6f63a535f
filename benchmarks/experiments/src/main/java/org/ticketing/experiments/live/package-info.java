/**
 * The live comparison: one page that puts a short load on several systems at the same time, kills
 * something in the middle of it, and shows what becomes of the payments, side by side.
 */
package org.ticketing.experiments.live;

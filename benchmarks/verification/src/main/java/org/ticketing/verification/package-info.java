/** Judges what a system did by the histories that clients and readers recorded of it. */
package org.ticketing.verification;

/**
 * What the services share: which of them a process hosts, how they call each other, how they say
 * no, and how their databases and jobs are set up.
 */
package org.ticketing.platform;

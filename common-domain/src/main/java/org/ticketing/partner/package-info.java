/** Platforms that are told which seats were sold. */
package org.ticketing.partner;

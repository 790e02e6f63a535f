/** What is played, where and when. */
package org.ticketing.concert;

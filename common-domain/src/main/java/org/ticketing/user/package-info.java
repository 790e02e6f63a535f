/** Who buys tickets. Signing in belongs here too. */
package org.ticketing.user;

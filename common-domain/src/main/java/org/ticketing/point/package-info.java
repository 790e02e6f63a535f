/** Wallets of points. The one service on MySQL; the monolith runs it on PostgreSQL. */
package org.ticketing.point;

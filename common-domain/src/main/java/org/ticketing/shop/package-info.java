/**
 * The process of the services that take no part in payments, the same in every system.
 *
 * <p>It contains nothing but the application, because a process brings in the components of its own
 * package.
 */
package org.ticketing.shop;

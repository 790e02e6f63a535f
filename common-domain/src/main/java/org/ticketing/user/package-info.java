/**
 * Owns accounts with their passwords; offers registration, login, lookup, update and withdrawal.
 *
 * <p>Users call it themselves. The point, reservation and payment services look users up before
 * they act for them. Before a withdrawal, point and reservation are asked through {@link
 * org.ticketing.user.Belongings}.
 */
package org.ticketing.user;

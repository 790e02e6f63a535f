/**
 * The entrance: a {@link org.ticketing.stack.LocalStack} of servers and the systems on them; knows
 * all the packages below it.
 */
package org.ticketing.stack;

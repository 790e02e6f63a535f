/**
 * The payment: what is asked around it ({@link org.ticketing.payment.PaymentDesk}), and the one
 * interface behind which the protocols differ ({@link org.ticketing.payment.PaymentProtocol}).
 */
package org.ticketing.payment;

package org.ticketing.payment;

import org.springframework.core.annotation.Order;
import org.springframework.web.service.annotation.HttpExchange;
import org.ticketing.reservation.Refunds;
import org.ticketing.user.Belongings;

/**
 * What the services that payments depend on ask about them. Closing a user closes nothing here,
 * because a user without points and reservations has nothing to pay with; it is refused with {@code
 * payment-in-progress} while a payment may still give points back. It therefore comes last.
 */
@HttpExchange("/internal/payments")
@Order(3)
public interface PaymentRecordApi extends Belongings, Refunds {}

package org.ticketing.point;

import org.springframework.core.annotation.Order;
import org.springframework.web.service.annotation.HttpExchange;
import org.ticketing.user.Belongings;

/**
 * Points that a user still has; refused with {@code points-remain}. A wallet that is closed takes
 * no charge any more. It comes after the reservations.
 */
@HttpExchange("/internal/points")
@Order(2)
public interface PointBelongingsApi extends Belongings {}

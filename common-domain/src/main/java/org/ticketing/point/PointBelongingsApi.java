package org.ticketing.point;

import org.springframework.core.annotation.Order;
import org.springframework.web.service.annotation.HttpExchange;
import org.ticketing.user.Belongings;

/** Points that a user still has; refused with {@code points-remain}. They are asked about first. */
@HttpExchange("/internal/points")
@Order(1)
public interface PointBelongingsApi extends Belongings {}

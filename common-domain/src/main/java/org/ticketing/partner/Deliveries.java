package org.ticketing.partner;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.partner.PartnerApi.DeliveryView;
import org.ticketing.partner.PartnerFeedApi.SoldSeats;

/** What each partner is to be told and has been told. */
@Component
class Deliveries {

  private final JdbcClient jdbc;

  Deliveries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(UUID partnerId, long number) {
    jdbc.sql("INSERT INTO partner_delivery (partner_id, sale_number) VALUES (:partner, :number)")
        .param("partner", partnerId)
        .param("number", number)
        .update();
  }

  Optional<SoldSeats> next(UUID partnerId) {
    return jdbc.sql(
            """
            SELECT sale.* FROM sale JOIN partner_delivery ON sale_number = number
            WHERE partner_id = :partner AND delivered_at IS NULL ORDER BY sale_number LIMIT 1""")
        .param("partner", partnerId)
        .query(Sales::soldSeats)
        .optional();
  }

  void succeeded(UUID partnerId, long number, Instant at) {
    jdbc.sql(
            """
            UPDATE partner_delivery SET attempts = attempts + 1, delivered_at = :at
            WHERE partner_id = :partner AND sale_number = :number""")
        .param("at", Timestamp.from(at))
        .param("partner", partnerId)
        .param("number", number)
        .update();
  }

  void failed(UUID partnerId, long number) {
    jdbc.sql(
            """
            UPDATE partner_delivery SET attempts = attempts + 1
            WHERE partner_id = :partner AND sale_number = :number""")
        .param("partner", partnerId)
        .param("number", number)
        .update();
  }

  long pending(UUID partnerId) {
    return jdbc.sql(
            """
            SELECT count(*) FROM partner_delivery
            WHERE partner_id = :partner AND delivered_at IS NULL""")
        .param("partner", partnerId)
        .query(Long.class)
        .single();
  }

  /** The latest first. */
  List<DeliveryView> of(UUID partnerId, Pageable page) {
    return jdbc.sql(
            """
            SELECT number, payment_id, delivered_at, attempts
            FROM partner_delivery JOIN sale ON number = sale_number
            WHERE partner_id = :partner ORDER BY sale_number DESC LIMIT :size OFFSET :offset""")
        .param("partner", partnerId)
        .param("size", page.getPageSize())
        .param("offset", page.getOffset())
        .query(
            (delivery, row) -> {
              Timestamp deliveredAt = delivery.getTimestamp("delivered_at");
              return new DeliveryView(
                  delivery.getLong("number"),
                  delivery.getObject("payment_id", UUID.class),
                  deliveredAt == null ? null : deliveredAt.toInstant(),
                  delivery.getInt("attempts"));
            })
        .list();
  }
}

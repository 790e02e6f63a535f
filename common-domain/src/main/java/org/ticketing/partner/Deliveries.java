package org.ticketing.partner;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.partner.PartnerApi.DeliveryView;
import org.ticketing.partner.PartnerFeedApi.SoldSeats;

/** The sales that each partner is to be told of, or has been told of. */
@Component
class Deliveries {

  private final JdbcClient jdbc;

  Deliveries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds sales, by the first and the last of their numbers, for every partner that has not ended.
   * Until the transaction ends none of these partners becomes idle: their rows are locked.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void add(long first, long last) {
    jdbc.sql(
            """
            WITH told AS (SELECT id FROM partner WHERE status <> 'ENDED' ORDER BY id FOR UPDATE)
            INSERT INTO partner_delivery (partner_id, sale_number)
            SELECT id, number FROM told, generate_series(:first, :last) AS number""")
        .param("first", first)
        .param("last", last)
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

  /** What is still to be delivered, and to how many partners nothing is delivered any more. */
  Backlog backlog() {
    return jdbc.sql(
            """
            SELECT count(*) FILTER (WHERE status = 'ACTIVE') AS active,
                   count(*) FILTER (WHERE status = 'PARKED') AS parked,
                   (SELECT count(*) FROM partner WHERE status = 'PARKED') AS parked_partners
            FROM partner_delivery JOIN partner ON id = partner_id
            WHERE delivered_at IS NULL AND status <> 'ENDED'""")
        .query(
            (count, row) ->
                new Backlog(
                    count.getLong("active"),
                    count.getLong("parked"),
                    count.getLong("parked_partners")))
        .single();
  }

  /**
   * @param active deliveries to partners that are delivered to
   * @param parked deliveries that wait until an operator resumes their partner
   */
  record Backlog(long active, long parked, long parkedPartners) {}

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

  /** The latest first. */
  List<DeliveryView> of(UUID partnerId, int page, int size) {
    return jdbc.sql(
            """
            SELECT number, payment_id, delivered_at, attempts
            FROM partner_delivery JOIN sale ON number = sale_number
            WHERE partner_id = :partner ORDER BY sale_number DESC LIMIT :size OFFSET :offset""")
        .param("partner", partnerId)
        .param("size", size)
        .param("offset", (long) page * size)
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

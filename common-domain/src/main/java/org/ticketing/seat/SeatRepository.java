package org.ticketing.seat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.seat.SeatApi.SeatPrice;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;

@Component
class SeatRepository {

  private final JdbcClient jdbc;

  SeatRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @return how many seats it has
   * @throws DuplicateKeyException the schedule has one of them already
   */
  int add(UUID scheduleId, Section section) {
    return jdbc.sql(
            """
            INSERT INTO seat (id, schedule_id, section, seat_row, seat_number, grade, price)
            SELECT gen_random_uuid(), :schedule, :section, seat_row, seat_number, :grade, :price
            FROM generate_series(1, :rows) AS seat_row,
                 generate_series(1, :seatsPerRow) AS seat_number""")
        .param("schedule", scheduleId)
        .param("section", section.name())
        .param("grade", section.grade())
        .param("price", section.price())
        .param("rows", section.rows())
        .param("seatsPerRow", section.seatsPerRow())
        .update();
  }

  /** By section, row and number, as if all were free. */
  List<SeatView> ofSchedule(UUID scheduleId) {
    return jdbc.sql(
            """
            SELECT id, section, seat_row, seat_number, grade, price FROM seat
            WHERE schedule_id = :schedule ORDER BY section, seat_row, seat_number""")
        .param("schedule", scheduleId)
        .query(
            (seat, row) ->
                new SeatView(
                    seat.getObject("id", UUID.class),
                    seat.getString("section"),
                    seat.getInt("seat_row"),
                    seat.getInt("seat_number"),
                    seat.getString("grade"),
                    seat.getLong("price"),
                    true))
        .list();
  }

  Optional<SeatPrice> find(UUID id) {
    return jdbc.sql("SELECT id, schedule_id, price FROM seat WHERE id = :id")
        .param("id", id)
        .query(
            (seat, row) ->
                new SeatPrice(
                    seat.getObject("id", UUID.class),
                    seat.getObject("schedule_id", UUID.class),
                    seat.getLong("price")))
        .optional();
  }
}

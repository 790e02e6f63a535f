package org.ticketing.concert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.concert.Catalogue.Search;
import org.ticketing.concert.ConcertApi.ConcertView;

@Component
class ConcertRepository {

  private final JdbcClient jdbc;

  ConcertRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(ConcertView concert) {
    jdbc.sql(
            """
            INSERT INTO concert (id, title, description, cancelled)
            VALUES (:id, :title, :description, :cancelled)""")
        .param("id", concert.id())
        .param("title", concert.title())
        .param("description", concert.description())
        .param("cancelled", concert.cancelled())
        .update();
  }

  Optional<ConcertView> find(UUID id) {
    return jdbc.sql("SELECT id, title, description, cancelled FROM concert WHERE id = :id")
        .param("id", id)
        .query(ConcertRepository::concert)
        .optional();
  }

  /** Also keeps others from changing or cancelling the concert until the transaction ends. */
  Optional<ConcertView> share(UUID id) {
    return jdbc.sql(
            "SELECT id, title, description, cancelled FROM concert WHERE id = :id FOR SHARE")
        .param("id", id)
        .query(ConcertRepository::concert)
        .optional();
  }

  /**
   * By title. Both sides of the comparison are folded here, by the collation of the title, which is
   * the same whatever the locale of the server: to lower case, and then to upper case, because
   * letters with two forms in the one have one in the other, such as the Greek sigma and "ß".
   */
  List<ConcertView> search(Search search) {
    return jdbc.sql(
            """
            SELECT id, title, description, cancelled FROM concert
            WHERE upper(lower(title)) LIKE upper(lower(:pattern COLLATE "und-x-icu"))
              AND (:anyDay OR EXISTS (
                SELECT FROM schedule
                WHERE concert_id = concert.id AND NOT schedule.cancelled
                  AND starts_at >= :begin AND starts_at < :end))
            ORDER BY title, id LIMIT :size OFFSET :offset""")
        .param("pattern", search.pattern())
        .param("anyDay", search.anyDay())
        .param("begin", Timestamp.from(search.begin()))
        .param("end", Timestamp.from(search.end()))
        .param("size", search.size())
        .param("offset", search.offset())
        .query(ConcertRepository::concert)
        .list();
  }

  /**
   * @return as it is now; none if there is no such concert
   */
  Optional<ConcertView> change(UUID id, String title, String description) {
    return jdbc.sql(
            """
            UPDATE concert SET title = :title, description = :description WHERE id = :id
            RETURNING id, title, description, cancelled""")
        .param("id", id)
        .param("title", title)
        .param("description", description)
        .query(ConcertRepository::concert)
        .optional();
  }

  /**
   * @return false if there is no such concert
   */
  boolean cancel(UUID id) {
    return jdbc.sql("UPDATE concert SET cancelled = true WHERE id = :id").param("id", id).update()
        == 1;
  }

  private static ConcertView concert(ResultSet concert, int row) throws SQLException {
    return new ConcertView(
        concert.getObject("id", UUID.class),
        concert.getString("title"),
        concert.getString("description"),
        concert.getBoolean("cancelled"));
  }
}

package org.ticketing.partner;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.partner.PartnerApi.PartnerDetails;
import org.ticketing.partner.PartnerApi.PartnerView;
import org.ticketing.partner.PartnerApi.Status;

/**
 * Partners, each with its activation: the name of the job that delivers to it, null while there is
 * none.
 */
@Component
class PartnerRepository {

  private final JdbcClient jdbc;

  PartnerRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @return false if another has or had the name
   */
  boolean add(UUID id, PartnerDetails details, FeedKey feedKey) {
    int added =
        jdbc.sql(
                """
                INSERT INTO partner (id, name, url, secret, feed_key_hash, status, failures)
                VALUES (:id, :name, :url, :secret, :feedKeyHash, 'ACTIVE', 0)
                ON CONFLICT (name) DO NOTHING""")
            .param("id", id)
            .param("name", details.name().strip())
            .param("url", details.url().toString())
            .param("secret", details.secret())
            .param("feedKeyHash", feedKey.hash())
            .update();
    return added == 1;
  }

  Optional<PartnerView> find(UUID id) {
    return jdbc.sql(
            """
            SELECT id, name, url, status, failures, last_error,
                   (SELECT count(*) FROM partner_delivery
                    WHERE partner_id = id AND delivered_at IS NULL) AS pending
            FROM partner WHERE id = :id""")
        .param("id", id)
        .query(PartnerRepository::view)
        .optional();
  }

  /** By name. */
  List<PartnerView> list(int page, int size) {
    return jdbc.sql(
            """
            SELECT id, name, url, status, failures, last_error,
                   (SELECT count(*) FROM partner_delivery
                    WHERE partner_id = id AND delivered_at IS NULL) AS pending
            FROM partner ORDER BY name LIMIT :size OFFSET :offset""")
        .param("size", size)
        .param("offset", (long) page * size)
        .query(PartnerRepository::view)
        .list();
  }

  /** The partner that has this key, unless it has ended. */
  Optional<UUID> withFeedKey(FeedKey key) {
    return jdbc.sql("SELECT id FROM partner WHERE feed_key_hash = :hash AND status <> 'ENDED'")
        .param("hash", key.hash())
        .query((partner, row) -> partner.getObject("id", UUID.class))
        .optional();
  }

  /** The partner whose job this is; none if it is not the job of a partner any more. */
  Optional<Partner> lockActivated(UUID activation) {
    return jdbc.sql(
            """
            SELECT id, url, secret, failures FROM partner WHERE activation = :activation
            FOR UPDATE""")
        .param("activation", activation)
        .query(
            (partner, row) ->
                new Partner(
                    partner.getObject("id", UUID.class),
                    URI.create(partner.getString("url")),
                    partner.getString("secret"),
                    partner.getInt("failures")))
        .optional();
  }

  /**
   * Gives the partner a job.
   *
   * @return the name of the job to stage; none if the partner has one already, or is not active
   */
  Optional<UUID> activate(UUID id) {
    return jdbc.sql(
            """
            UPDATE partner SET activation = gen_random_uuid()
            WHERE id = :id AND status = 'ACTIVE' AND activation IS NULL RETURNING activation""")
        .param("id", id)
        .query(PartnerRepository::activation)
        .optional();
  }

  /**
   * Gives a job to every active partner that has none.
   *
   * @return the names of the jobs to stage
   */
  List<UUID> activateAll() {
    return jdbc.sql(
            """
            UPDATE partner SET activation = gen_random_uuid()
            WHERE status = 'ACTIVE' AND activation IS NULL RETURNING activation""")
        .query(PartnerRepository::activation)
        .list();
  }

  void becomeIdle(UUID id) {
    jdbc.sql("UPDATE partner SET activation = NULL WHERE id = :id").param("id", id).update();
  }

  void delivered(UUID id) {
    jdbc.sql("UPDATE partner SET failures = 0, last_error = NULL WHERE id = :id")
        .param("id", id)
        .update();
  }

  /**
   * Parks the partner when the delivery has failed as often as it may.
   *
   * @return its status now
   */
  Status failed(UUID id, String error, int attempts) {
    return jdbc.sql(
            """
            UPDATE partner SET
              failures = failures + 1,
              last_error = :error,
              status = CASE WHEN failures + 1 < :attempts THEN status ELSE 'PARKED' END,
              activation = CASE WHEN failures + 1 < :attempts THEN activation END
            WHERE id = :id RETURNING status""")
        .param("id", id)
        .param("error", error)
        .param("attempts", attempts)
        .query(PartnerRepository::status)
        .single();
  }

  /** Has no effect unless the partner is parked. */
  void resume(UUID id) {
    jdbc.sql(
            """
            UPDATE partner SET status = 'ACTIVE', failures = 0, last_error = NULL
            WHERE id = :id AND status = 'PARKED'""")
        .param("id", id)
        .update();
  }

  /**
   * @return false if there is no such partner
   */
  boolean end(UUID id) {
    return jdbc.sql("UPDATE partner SET status = 'ENDED', activation = NULL WHERE id = :id")
            .param("id", id)
            .update()
        == 1;
  }

  private static PartnerView view(ResultSet partner, int row) throws SQLException {
    return new PartnerView(
        partner.getObject("id", UUID.class),
        partner.getString("name"),
        URI.create(partner.getString("url")),
        status(partner, row),
        partner.getLong("pending"),
        partner.getInt("failures"),
        partner.getString("last_error"));
  }

  private static UUID activation(ResultSet partner, int row) throws SQLException {
    return partner.getObject("activation", UUID.class);
  }

  private static Status status(ResultSet partner, int row) throws SQLException {
    return Status.valueOf(partner.getString("status"));
  }
}

package org.ticketing.user;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.user.UserApi.UserView;

@Component
class UserRepository {

  private final JdbcClient jdbc;

  UserRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @return false if somebody has the e-mail address
   */
  boolean add(AppUser user, Instant registeredAt) {
    int added =
        jdbc.sql(
                """
                INSERT INTO app_user
                  (id, email, name, password_hash, operator, status, registered_at)
                VALUES (:id, :email, :name, :passwordHash, :operator, 'ACTIVE', :registeredAt)
                ON CONFLICT (email) DO NOTHING""")
            .param("id", user.id())
            .param("email", user.email())
            .param("name", user.name())
            .param("passwordHash", user.passwordHash())
            .param("operator", user.operator())
            .param("registeredAt", Timestamp.from(registeredAt))
            .update();
    return added == 1;
  }

  Optional<UserView> find(UUID id) {
    return jdbc.sql(
            "SELECT id, email, name, status <> 'WITHDRAWN' AS active FROM app_user WHERE id = :id")
        .param("id", id)
        .query(
            (user, row) ->
                new UserView(
                    user.getObject("id", UUID.class),
                    user.getString("email"),
                    user.getString("name"),
                    user.getBoolean("active")))
        .optional();
  }

  /**
   * @param email normalised
   */
  Optional<AppUser> findByEmail(String email) {
    return jdbc.sql(
            """
            SELECT id, email, name, password_hash, operator, status <> 'WITHDRAWN' AS active
            FROM app_user WHERE email = :email""")
        .param("email", email)
        .query(
            (user, row) ->
                new AppUser(
                    user.getObject("id", UUID.class),
                    user.getString("email"),
                    user.getString("name"),
                    user.getString("password_hash"),
                    user.getBoolean("operator"),
                    user.getBoolean("active")))
        .optional();
  }

  /**
   * @return false if there is no such active user
   * @throws DuplicateKeyException somebody else has the e-mail address
   */
  boolean update(UUID id, String email, String name) {
    int updated =
        jdbc.sql(
                """
                UPDATE app_user SET email = :email, name = :name
                WHERE id = :id AND status <> 'WITHDRAWN'""")
            .param("id", id)
            .param("email", email)
            .param("name", name)
            .update();
    return updated == 1;
  }

  /**
   * @return false if there is no such active user
   */
  boolean changePassword(UUID id, String passwordHash) {
    int updated =
        jdbc.sql(
                """
                UPDATE app_user SET password_hash = :passwordHash
                WHERE id = :id AND status <> 'WITHDRAWN'""")
            .param("id", id)
            .param("passwordHash", passwordHash)
            .update();
    return updated == 1;
  }

  /**
   * An active user becomes WITHDRAWING, or another attempt is made for one who is.
   *
   * @return the number of the attempt; none if there is no such user, or they have withdrawn
   */
  Optional<Long> beginWithdrawal(UUID id) {
    return jdbc.sql(
            """
            UPDATE app_user SET status = 'WITHDRAWING', withdrawal = withdrawal + 1
            WHERE id = :id AND status <> 'WITHDRAWN' RETURNING withdrawal""")
        .param("id", id)
        .query(Long.class)
        .optional();
  }

  /**
   * @return the number of another attempt; none if no withdrawal is under way
   */
  Optional<Long> resumeWithdrawal(UUID id) {
    return jdbc.sql(
            """
            UPDATE app_user SET withdrawal = withdrawal + 1
            WHERE id = :id AND status = 'WITHDRAWING' RETURNING withdrawal""")
        .param("id", id)
        .query(Long.class)
        .optional();
  }

  /**
   * @return false if the withdrawal is at an end, or there is a later attempt
   */
  boolean endWithdrawal(UUID id, long withdrawal, String status) {
    int ended =
        jdbc.sql(
                """
                UPDATE app_user SET status = :status
                WHERE id = :id AND status = 'WITHDRAWING' AND withdrawal = :withdrawal""")
            .param("status", status)
            .param("id", id)
            .param("withdrawal", withdrawal)
            .update();
    return ended == 1;
  }
}

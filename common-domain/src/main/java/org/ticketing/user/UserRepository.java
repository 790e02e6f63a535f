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
            "SELECT id, email, name, status = 'ACTIVE' AS active FROM app_user WHERE id = :id")
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
            SELECT id, email, name, password_hash, operator, status = 'ACTIVE' AS active
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
                WHERE id = :id AND status = 'ACTIVE'""")
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
                WHERE id = :id AND status = 'ACTIVE'""")
            .param("id", id)
            .param("passwordHash", passwordHash)
            .update();
    return updated == 1;
  }

  /**
   * @return false if there is no such user
   */
  boolean withdraw(UUID id) {
    return jdbc.sql("UPDATE app_user SET status = 'WITHDRAWN' WHERE id = :id")
            .param("id", id)
            .update()
        == 1;
  }
}

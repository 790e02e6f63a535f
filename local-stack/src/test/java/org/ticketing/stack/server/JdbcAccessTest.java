package org.ticketing.stack.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JdbcAccessTest {

  @Test
  void opensInThePostgresqlClient() {
    var access =
        new JdbcAccess("jdbc:postgresql://127.0.0.1:15432/alpha_payment", "ticketing", "se3");

    assertThat(access.clientCommand("psql"))
        .isEqualTo(
            "PGPASSWORD=se3 psql --host=127.0.0.1 --port=15432 --username=ticketing alpha_payment");
  }

  @Test
  void opensInTheMysqlClientWhateverThePassword() {
    var access =
        new JdbcAccess("jdbc:mysql://db.example/alpha_point?useSSL=false", "me", "it's $1");

    assertThat(access.clientCommand("mariadb"))
        .isEqualTo("MYSQL_PWD='it'\\''s $1' mariadb --host=db.example --user=me alpha_point");
  }

  @Test
  void canBeReachedAtAnotherPort() {
    var access = new JdbcAccess("jdbc:mysql://127.0.0.1:3306/alpha_point?useSSL=false", "me", "pw");

    assertThat(access.withPort(20001).url())
        .isEqualTo("jdbc:mysql://127.0.0.1:20001/alpha_point?useSSL=false");
    assertThat(new JdbcAccess("jdbc:postgresql://db/x", "me", "pw").withPort(7).url())
        .isEqualTo("jdbc:postgresql://db:7/x");
  }

  @Test
  void tellsNoPasswordUnlessAsked() {
    assertThat(new JdbcAccess("jdbc:mysql://db.example/x", "me", "secret").toString())
        .doesNotContain("secret");
  }
}

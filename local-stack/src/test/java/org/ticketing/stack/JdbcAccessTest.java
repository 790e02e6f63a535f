package org.ticketing.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JdbcAccessTest {

  @Test
  void opensInThePostgresqlClient() {
    var access = new JdbcAccess("jdbc:postgresql://127.0.0.1:15432/xa_payment", "ticketing", "se3");

    assertThat(access.clientCommand())
        .isEqualTo(
            "PGPASSWORD=se3 psql --host=127.0.0.1 --port=15432 --username=ticketing xa_payment");
  }

  @Test
  void opensInTheMysqlClientWhateverThePassword() {
    var access = new JdbcAccess("jdbc:mysql://db.example/xa_point?useSSL=false", "me", "it's $1");

    assertThat(access.clientCommand())
        .isEqualTo("MYSQL_PWD='it'\\''s $1' mariadb --host=db.example --user=me xa_point");
  }

  @Test
  void tellsNoPasswordUnlessAsked() {
    assertThat(new JdbcAccess("jdbc:mysql://db.example/x", "me", "secret").toString())
        .doesNotContain("secret");
  }
}

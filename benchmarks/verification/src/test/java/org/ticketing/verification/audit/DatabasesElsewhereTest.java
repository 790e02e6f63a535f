package org.ticketing.verification.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.run.UnusableException;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.testing.OnRealDatabase;

class DatabasesElsewhereTest {

  private static final List<String> NAMED_AS_THEIR_SERVICE =
      List.of("concert", "queue", "reservation", "payment", "partner");

  private static JdbcAccess postgres;
  private static JdbcAccess mysql;

  @BeforeAll
  static void createTheDatabases() {
    LocalStack servers = OnRealDatabase.Servers.get();
    postgres = servers.postgres().admin();
    mysql = servers.mysql().admin();
    NAMED_AS_THEIR_SERVICE.forEach(servers.postgres()::createDatabase);
    servers.postgres().createDatabase("users");
    servers.postgres().createDatabase("whole");
    servers.mysql().createDatabase("point");
  }

  @Test
  void aDatabaseIsNamedAsItsServiceUnlessToldOtherwise() {
    Map<String, JdbcAccess> found = split(Map.of("user", "users")).ofServices();

    for (String service : NAMED_AS_THEIR_SERVICE) {
      assertThat(found.get(service)).isEqualTo(postgres.withDatabase(service));
    }
    assertThat(found.get("user")).isEqualTo(postgres.withDatabase("users"));
    assertThat(found.get("point")).isEqualTo(mysql.withDatabase("point"));
  }

  @Test
  void theServicesOfOneProcessMayShareADatabase() {
    Map<String, JdbcAccess> found =
        split(Map.of("shop", "users", "concert", "concert")).ofServices();

    for (String service : List.of("user", "queue", "partner")) {
      assertThat(found.get(service)).isEqualTo(postgres.withDatabase("users"));
    }
    assertThat(found.get("concert")).isEqualTo(postgres.withDatabase("concert"));
    assertThat(found.get("payment")).isEqualTo(postgres.withDatabase("payment"));
  }

  @Test
  void theOnlyProcessHasADatabaseThatIsNamedAsTheSystem() {
    assertThat(reached(Described.IN_ONE_PROCESS, postgres, Map.of()).ofServices().values())
        .containsOnly(postgres.withDatabase("whole"));
  }

  @Test
  void coordinatorsAreOfTheNameThatIsGivenOrOfAny() {
    var elsewhere = new DatabasesElsewhere(Described.SPLIT, servers(postgres), users());

    assertThat(elsewhere.reached("payment-", Map.of()).inDoubt().get(0).prefix())
        .isEqualTo("payment-");
    assertThat(elsewhere.reached("", Map.of()).inDoubt().get(0).prefix()).isEmpty();
  }

  @Test
  void refusesADatabaseThatIsMissing() {
    assertThatThrownBy(() -> split(Map.of("user", "nobodys")))
        .isInstanceOf(UnusableException.class)
        .hasMessageStartingWith(postgres.withDatabase("nobodys").url() + " cannot be read: ")
        .hasMessageContaining("does not exist")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> split(Map.of("user", "users", "point", "nobodys")))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("Unknown database");
  }

  @Test
  void refusesAServerThatCannotBeReached() {
    JdbcAccess nobody = new JdbcAccess("jdbc:postgresql://127.0.0.1:1/", "postgres", "secret");

    assertThatThrownBy(() -> reached(Described.IN_ONE_PROCESS, nobody, Map.of()))
        .isInstanceOf(UnusableException.class)
        .hasMessageStartingWith("jdbc:postgresql://127.0.0.1:1/whole cannot be read: ")
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesAServiceThatTheSystemDoesNotHave() {
    assertThatThrownBy(() -> split(Map.of("till", "tills")))
        .isInstanceOf(StackException.class)
        .hasMessage("split has neither a process nor a service till.");
  }

  @Test
  void whoeverReadsThereChangesNothing() throws SQLException {
    for (JdbcAccess database : split(users()).ofServices().values()) {
      try (Connection connection = database.connectToRead();
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute("CREATE TABLE mark (id int)"))
            .as(database.url())
            .isInstanceOf(SQLException.class)
            .hasMessageMatching("(?is).*read.only.*");
      }
    }
  }

  private static SystemDatabases split(Map<String, String> names) {
    return reached(Described.SPLIT, postgres, names);
  }

  private static SystemDatabases reached(
      SystemDescription system, JdbcAccess onPostgres, Map<String, String> names) {
    return new DatabasesElsewhere(system, servers(onPostgres), names).reached("", Map.of());
  }

  private static Map<String, JdbcAccess> servers(JdbcAccess onPostgres) {
    return Map.of("postgresql", onPostgres, "mysql", mysql);
  }

  private static Map<String, String> users() {
    return Map.of("user", "users");
  }
}

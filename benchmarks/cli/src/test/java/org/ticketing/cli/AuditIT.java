package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.Systems;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.BoxOffice;

/** A system of this machine is one that runs elsewhere for {@code load} and {@code audit}. */
class AuditIT {

  private static final String HOME = System.getProperty(StackOptions.HOME_PROPERTY);

  private static LocalStack stack;
  private static TicketingSystem system;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    SystemDescription monolith = Systems.inOneProcess();
    stack = LocalStack.start(StackOptions.forSystems(monolith));
    system = stack.start(monolith, SystemOptions.NONE.withProperties(BoxOffice.SETTING));
  }

  @AfterAll
  static void close() {
    if (stack != null) {
      stack.close();
    }
  }

  @AfterEach
  void mend() throws SQLException {
    change("DELETE FROM point.wallet WHERE user_id = '00000000-0000-0000-0000-000000000001'");
  }

  @Test
  void aTargetIsAuditedAfterItsLoadAndAtAnyTime() throws Exception {
    String target =
        SystemDescription.SERVICES.stream()
            .map(service -> service + "=" + system.url(service))
            .collect(Collectors.joining("\n"));
    Path file = Files.writeString(folder.resolve("target.properties"), target);

    Ended load =
        ticketing(
            "load %s --target %s --rate 20 --duration 5s --wallets 5 --postgres %s"
                .formatted(system.name(), file, database().url()));
    assertThat(load.exitCode()).as(load.printed()).isZero();
    assertThat(load.printed()).contains(system.name() + ": kept the promise");

    Ended audit = audit("");
    assertThat(audit.exitCode()).as(audit.printed()).isZero();
    assertThat(audit.printed())
        .contains(database().url(), "payments requested", "kept the promise")
        .containsPattern(system.name() + " +\\d+ +0 +0");
  }

  @Test
  void whatTheDatabasesShowToBeBrokenIsFoundAndNamed() throws Exception {
    change(
        """
        INSERT INTO point.wallet (user_id, balance, reserved)
        VALUES ('00000000-0000-0000-0000-000000000001', 5, 0)""");

    Ended audit = audit("");

    assertThat(audit.exitCode()).as(audit.printed()).isEqualTo(1);
    assertThat(audit.printed()).contains("WALLET_OUT_OF_BALANCE: 1, ", "NOT CLEAN: 1 violations");
  }

  @Test
  void aDatabaseThatIsMissingOrOfAnotherKindGetsOneLine() throws Exception {
    assertUnusable(audit(" --database %s=nobodys".formatted(system.name())), "does not exist");
    assertUnusable(audit(" --database %s=postgres".formatted(system.name())), "does not exist");
  }

  private static void assertUnusable(Ended audit, String reason) {
    assertThat(audit.exitCode()).as(audit.printed()).isEqualTo(2);
    assertThat(audit.printed().lines().filter(line -> !line.startsWith("[")))
        .singleElement()
        .asString()
        .contains(reason);
  }

  private Ended audit(String options) throws IOException, InterruptedException {
    return ticketing(
        "audit %s --postgres %s%s".formatted(system.name(), database().url(), options));
  }

  /**
   * How a command ended.
   *
   * @param printed what it printed
   */
  private record Ended(int exitCode, String printed) {}

  private Ended ticketing(String arguments) throws IOException, InterruptedException {
    Path target = Path.of(HOME, "benchmarks", "cli", "target");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + StackOptions.HOME_PROPERTY + "=" + HOME,
                "-Dlogback.configurationFile=org/ticketing/cli/logging.xml",
                "-cp",
                target.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(target.resolve("classpath")).strip(),
                Ticketing.class.getName()));
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("--postgres-user", database().user()));
    File output = folder.resolve("output").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
    builder
        .environment()
        .putAll(
            Map.of(
                "TICKETING_POSTGRES_PASSWORD", database().password(),
                "TICKETING_OPERATOR_EMAIL", SystemKeys.OPERATOR,
                "TICKETING_OPERATOR_PASSWORD_FILE", operatorPassword().toString()));
    int exitCode = builder.start().waitFor();
    return new Ended(exitCode, Files.readString(output.toPath()));
  }

  private Path operatorPassword() throws IOException {
    return Files.writeString(
        folder.resolve("operator-password"), system.keys().operatorPassword() + "\n");
  }

  private static JdbcAccess database() {
    return system.database("payment");
  }

  private static void change(String sql) throws SQLException {
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

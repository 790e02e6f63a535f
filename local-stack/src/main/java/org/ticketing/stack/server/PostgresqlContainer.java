package org.ticketing.stack.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ticketing.stack.container.Container;
import org.ticketing.stack.container.Image;
import org.ticketing.stack.process.Command;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.Run;
import org.ticketing.stack.run.Secrets;

/** Starts PostgreSQL's image, with the settings of a PostgreSQL without a container. */
final class PostgresqlContainer {

  private static final int PORT = 5432;

  private PostgresqlContainer() {}

  static PostgresqlServer start(Run run) {
    Container container = new Container(run, Image.POSTGRESQL, PORT);
    var admin =
        new JdbcAccess(
            "jdbc:postgresql://127.0.0.1:%s/%s"
                .formatted(container.port(), PostgresqlServer.ADMINISTRATORS_DATABASE),
            PostgresqlServer.USER,
            Secrets.random(16));
    run.progress("starting PostgreSQL in a container");
    StackProcess process =
        container.start(command(run, admin), () -> DatabaseServer.isReady(admin));
    return PostgresqlServer.here(admin, process);
  }

  private static Command command(Run run, JdbcAccess admin) {
    List<String> arguments = new ArrayList<>(List.of("postgres"));
    arguments.addAll(PostgresqlServer.options(PostgresqlServer.SETTINGS));
    // A container has little shared memory of its own.
    arguments.addAll(List.of("-c", "dynamic_shared_memory_type=mmap"));
    return run.command(
        PostgresqlServer.NAME,
        arguments,
        Map.of(
            "POSTGRES_USER",
            admin.user(),
            "POSTGRES_PASSWORD",
            admin.password(),
            "POSTGRES_DB",
            PostgresqlServer.ADMINISTRATORS_DATABASE,
            "POSTGRES_INITDB_ARGS",
            "--encoding=UTF8 --no-locale"),
        Command.KILL);
  }
}

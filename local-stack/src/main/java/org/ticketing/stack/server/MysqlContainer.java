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

/** Starts MySQL's image, with the settings of a MySQL without a container. */
final class MysqlContainer {

  private static final int PORT = 3306;

  /** The user that the image makes with every right. */
  private static final String USER = "root";

  private MysqlContainer() {}

  static MysqlServer start(Run run) {
    Container container = new Container(run, Image.MYSQL, PORT);
    var admin =
        new JdbcAccess(
            "jdbc:mysql://127.0.0.1:%s/?%s".formatted(container.port(), Mysqld.URL_OPTIONS),
            USER,
            Secrets.random(16));
    run.progress("starting MySQL in a container");
    StackProcess process =
        container.start(command(run, admin), () -> DatabaseServer.isReady(admin));
    return MysqlServer.here(admin, process);
  }

  private static Command command(Run run, JdbcAccess admin) {
    List<String> arguments = new ArrayList<>(List.of("mysqld"));
    arguments.addAll(MysqlProgram.SETTINGS);
    arguments.add(Mysqld.NO_X_PROTOCOL);
    return run.command(
        MysqlServer.NAME, arguments, Map.of("MYSQL_ROOT_PASSWORD", admin.password()), Command.KILL);
  }
}

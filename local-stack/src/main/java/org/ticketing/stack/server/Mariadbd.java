package org.ticketing.stack.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.run.Run;

/** MariaDB's program. */
final class Mariadbd extends MysqlProgram {

  /** The scripts that MariaDB's own installation runs, in its order, without the help. */
  private static final List<String> SYSTEM_TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql",
          "maria_add_gis_sp_bootstrap.sql",
          "mariadb_sys_schema.sql");

  private final Path home;

  Mariadbd(Run run) {
    super(run, "mariadb", "MariaDB");
    this.home = run.binaries().mariadb();
  }

  @Override
  Path program() {
    return home.resolve("bin").resolve("mariadbd");
  }

  /** Does what mariadb-install-db does, which fails where paths contain spaces. */
  @Override
  void createData() {
    List<String> arguments = new ArrayList<>(folders());
    arguments.addAll(
        List.of(
            "--bootstrap",
            "--silent-startup",
            "--skip-log-bin",
            "--log-warnings=0",
            "--enforce-storage-engine=",
            "--max-allowed-packet=8M",
            "--net-buffer-length=16K"));
    List<InputStream> script = new ArrayList<>();
    script.add(sql("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n"));
    try {
      for (String tables : SYSTEM_TABLES) {
        script.add(Files.newInputStream(home.resolve("share").resolve(tables)));
      }
      script.add(
          sql(
              """

              FLUSH PRIVILEGES;
              DELETE FROM mysql.global_priv WHERE User IN ('', 'root');
              FLUSH PRIVILEGES;
              """
                  + createUser()));
      try (var input = new SequenceInputStream(Collections.enumeration(script))) {
        run().children().run(command(arguments), input);
      }
    } catch (IOException e) {
      throw new StackException("Cannot create MariaDB's data: " + e.getMessage(), e);
    }
  }

  private static InputStream sql(String statements) {
    return new ByteArrayInputStream(statements.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  List<String> argumentsOfStart() {
    List<String> arguments = new ArrayList<>(folders());
    arguments.add("--skip-ssl");
    return arguments;
  }

  private List<String> folders() {
    return List.of("--basedir=" + home, "--lc-messages-dir=" + home.resolve("share"));
  }

  @Override
  String urlOptions() {
    return "sslMode=DISABLED";
  }
}

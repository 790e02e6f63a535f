package org.ticketing.stack.server;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.run.Run;

/** Starts a database server, or uses one that runs already. */
abstract class DatabaseLauncher implements ServerLauncher {

  private final String name;
  private final String label;
  private final Function<Run, DatabaseServer> here;
  private final BiFunction<JdbcAccess, String, DatabaseServer> elsewhere;

  /**
   * @param name also of its JDBC URLs
   * @param here starts one
   * @param elsewhere uses one that runs already; what the names of databases begin with is given
   */
  DatabaseLauncher(
      String name,
      String label,
      Function<Run, DatabaseServer> here,
      BiFunction<JdbcAccess, String, DatabaseServer> elsewhere) {
    this.name = name;
    this.label = label;
    this.here = here;
    this.elsewhere = elsewhere;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String label() {
    return label;
  }

  @Override
  public final Server.Kind kind() {
    return Server.Kind.DATABASE;
  }

  @Override
  public final Server start(Run run, Optional<JdbcAccess> access) {
    return access.map(admin -> use(admin, run.id() + "_")).orElseGet(() -> here.apply(run));
  }

  private DatabaseServer use(JdbcAccess admin, String prefix) {
    String urls = "jdbc:" + name + "://";
    if (!admin.url().startsWith(urls)) {
      throw new StackException(
          "The URL of %s must begin with %s but is %s".formatted(label, urls, admin.url()));
    }
    return elsewhere.apply(admin, prefix);
  }
}

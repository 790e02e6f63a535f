package org.ticketing.stack.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.stack.process.Command;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.ClassPath;
import org.ticketing.stack.run.JavaCommand;
import org.ticketing.stack.run.Run;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;

/**
 * Lets a process load what services need from their start to their answers, for a {@link
 * StartCache}. The process is used in a {@link Rehearsal}, and has a database of its own.
 */
final class TrainingRun {

  private static final String NAME = "training";

  private static final Duration START_DEADLINE = Duration.ofSeconds(180);

  /** The patience with the end of the JVM, which writes the cache then. */
  private static final long END_SECONDS = 180;

  private final Run run;
  private final SystemKeys keys;
  private final DatabaseServer server;

  TrainingRun(Run run, SystemKeys keys, DatabaseServer server) {
    this.run = run;
    this.keys = keys;
    this.server = server;
  }

  /**
   * Starts the process, uses it and ends it.
   *
   * @param jvmArguments options of its JVM
   * @throws StackException if a request is not answered as a customer expects
   */
  void play(List<String> jvmArguments) {
    JdbcAccess database = server.createDatabase(NAME);
    int port = run.ports().any();
    String url = "http://127.0.0.1:" + port;
    StackProcess process =
        run.prepare(
            command(jvmArguments, database, port, url),
            port,
            () -> Health.isReady(url),
            START_DEADLINE);
    try {
      process.start();
      new Rehearsal(url, keys.operatorPassword()).play();
    } finally {
      process.expectEnd();
      run.children().end(process.current().map(List::of).orElse(List.of()), "TERM", END_SECONDS);
      server.dropDatabase(database, run.id());
      run.ports().release(port);
      run.directory().deleteData(NAME);
    }
  }

  private Command command(List<String> jvmArguments, JdbcAccess database, int port, String url) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spring.application.name", NAME);
    properties.put("server.address", "127.0.0.1");
    properties.put("server.port", String.valueOf(port));
    properties.put("ticketing.services", String.join(",", Rehearsal.SERVICES));
    properties.put("spring.datasource.url", database.url());
    properties.put("spring.datasource.username", database.user());
    properties.put("spring.http.serviceclient.payment.base-url", url);
    List<String> arguments = new ArrayList<>();
    properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
    Map<String, String> secrets =
        new HashMap<>(keys.properties(Rehearsal.SERVICES, List.of(SystemDescription.SERVICES)));
    secrets.put("spring.datasource.password", database.password());
    return new JavaCommand(NAME, ClassPath.of(run.home().resolve(Program.SHOP.module())))
        .options(jvmArguments)
        .program(Program.SHOP.mainClass(), arguments)
        .secrets(ServiceLaunch.environment(secrets))
        .in(run);
  }
}

package org.ticketing.stack.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.stack.process.Command;

/** Commands for child JVMs: the services' JDK, a modest heap, nothing left in /tmp. */
public final class JavaCommand {

  private JavaCommand() {}

  /**
   * The class path and secrets go through the environment: the one is long, the others nobody's
   * business.
   */
  public static Command of(
      Run run,
      String name,
      ClassPath classPath,
      List<String> jvmArguments,
      String mainClass,
      List<String> arguments,
      Map<String, String> secrets) {
    List<String> all = new ArrayList<>(jvmArguments);
    all.add(mainClass);
    all.addAll(arguments);
    return command(run, name, classPath, all, secrets);
  }

  /** What a JVM does without a program. */
  public static Command plain(
      Run run, String name, ClassPath classPath, List<String> jvmArguments) {
    return command(run, name, classPath, jvmArguments, Map.of());
  }

  private static Command command(
      Run run,
      String name,
      ClassPath classPath,
      List<String> arguments,
      Map<String, String> secrets) {
    List<String> all = new ArrayList<>();
    all.add(run.jdk().program("java").toString());
    all.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:ErrorFile=" + run.directory().log(name).resolveSibling(name + "-crash.log"),
            "-Djava.io.tmpdir=" + run.directory().data(name)));
    all.addAll(arguments);
    Map<String, String> environment = new HashMap<>(secrets);
    environment.put("CLASSPATH", classPath.toString());
    return run.command(name, all, environment, Command.KILL);
  }
}

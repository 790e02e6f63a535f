package org.ticketing.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Commands for child JVMs: the JDK this process runs on, a modest heap, nothing left in /tmp. */
final class JavaCommand {

  private JavaCommand() {}

  /**
   * The class path and secrets go through the environment: the one is long, the others nobody's
   * business.
   */
  static Command of(
      Run run,
      String name,
      String classPath,
      List<String> jvmArguments,
      String mainClass,
      List<String> arguments,
      Map<String, String> secrets) {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:ErrorFile=" + run.directory().log(name).resolveSibling(name + "-crash.log"),
            "-Djava.io.tmpdir=" + run.directory().data(name)));
    all.addAll(run.jvmOptions());
    all.addAll(jvmArguments);
    all.add(mainClass);
    all.addAll(arguments);
    Map<String, String> environment = new HashMap<>(secrets);
    environment.put("CLASSPATH", classPath);
    return run.command(name, all, environment, Command.KILL);
  }
}

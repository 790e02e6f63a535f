package org.ticketing.stack.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.stack.process.Command;

/**
 * Builds the command of a child JVM, which runs on the JDK of the services, with a modest heap, and
 * leaves nothing in the machine's folder of temporary files.
 */
public final class JavaCommand {

  private final String name;
  private final ClassPath classPath;
  private final List<String> jvmArguments = new ArrayList<>();
  private final List<String> program = new ArrayList<>();
  private final Map<String, String> secrets = new HashMap<>();

  /** A JVM without a program yet. */
  public JavaCommand(String name, ClassPath classPath) {
    this.name = name;
    this.classPath = classPath;
  }

  /** Adds options of the JVM. */
  public JavaCommand options(List<String> options) {
    jvmArguments.addAll(options);
    return this;
  }

  /** Runs a class with arguments. */
  public JavaCommand program(String mainClass, List<String> arguments) {
    program.clear();
    program.add(mainClass);
    program.addAll(arguments);
    return this;
  }

  /** Adds environment variables, which other users of the machine cannot read. */
  public JavaCommand secrets(Map<String, String> variables) {
    secrets.putAll(variables);
    return this;
  }

  /** The command, for a process of this run. */
  public Command in(Run run) {
    List<String> arguments = new ArrayList<>();
    arguments.add(run.jdk().program("java").toString());
    arguments.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            // So that the time of compilers is known: that of a thread that has ended is not.
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-XX:ErrorFile=" + run.directory().log(name).resolveSibling(name + "-crash.log"),
            "-Djava.io.tmpdir=" + run.directory().data(name)));
    arguments.addAll(jvmArguments);
    arguments.addAll(program);
    Map<String, String> environment = new HashMap<>(secrets);
    // Not an argument, because it can be longer than an argument may be.
    environment.put("CLASSPATH", classPath.toString());
    return run.command(name, arguments, environment, Command.KILL);
  }
}

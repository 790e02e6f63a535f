package org.ticketing.experiments.crash;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import org.ticketing.stack.process.StackProcess;

/** The clock of a JVM that runs. */
final class RunningClock {

  private final StackProcess process;
  private final Path folder;

  /**
   * @param folder for what is brought into the JVM
   */
  RunningClock(StackProcess process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /**
   * Lets it be behind from now on; by zero, lets it be right.
   *
   * @throws CrashException if the JVM does not do it
   */
  void setBehind(Duration time) {
    String pid = String.valueOf(process.pid());
    try {
      Path agent = agent();
      Path clock = packed("clock.jar", new Attributes(), "BackwardClock.class");
      VirtualMachine jvm = VirtualMachine.attach(pid);
      try {
        jvm.loadAgent(agent.toString(), time.toMillis() + " " + clock);
      } finally {
        jvm.detach();
        // A JVM that is killed would leave this file; one that is asked again makes another.
        Files.deleteIfExists(Path.of("/tmp/.java_pid" + pid));
      }
    } catch (IOException
        | AttachNotSupportedException
        | AgentLoadException
        | AgentInitializationException failure) {
      throw new CrashException(
          "the clock of %s cannot be set: %s".formatted(process.name(), failure.getMessage()));
    }
  }

  private Path agent() throws IOException {
    Attributes attributes = new Attributes();
    attributes.putValue("Agent-Class", ClockAgent.class.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    return packed(
        "clock-agent.jar", attributes, "ClockAgent.class", "ClockAgent$ConstantPool.class");
  }

  /** Once, because some JVM may have it open later. */
  private Path packed(String name, Attributes attributes, String... classes) throws IOException {
    Path jar = folder.resolve(name);
    return Files.exists(jar) ? jar : PackedClasses.in(jar, attributes, List.of(classes));
  }
}

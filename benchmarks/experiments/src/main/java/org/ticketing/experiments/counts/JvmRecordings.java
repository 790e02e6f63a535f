package org.ticketing.experiments.counts;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.Jdk;

/**
 * Counts what JVMs force to the disk and write to files of their data folder, by flight recordings
 * that run as long as this is open. A recording sees {@code FileChannel.force}, which both Seata's
 * store and the log of Atomikos use, and not {@code FileDescriptor.sync}.
 */
final class JvmRecordings implements Closeable {

  private static final String NAME = "counts";
  private static final String FORCED = "jdk.FileForce";
  private static final String WRITTEN = "jdk.FileWrite";

  /**
   * Kafka's topic of how far consumers have come, which they tell without waiting for an answer.
   */
  private static final String PROGRESS = "/__consumer_offsets-";

  private final Jdk jdk;
  private final Path data;
  private final Path folder;
  private final Map<String, StackProcess> recorded = new LinkedHashMap<>();

  /**
   * @param jdk of the JVMs
   * @param data the folder that their data folders are in
   * @param folder where recordings are read from
   */
  JvmRecordings(Jdk jdk, Path data, Path folder) {
    this.jdk = jdk;
    this.data = data;
    this.folder = folder;
  }

  /** Begins to record a JVM. */
  void start(String name, StackProcess process) throws IOException, InterruptedException {
    List<String> settings = new ArrayList<>(List.of("name=" + NAME, "settings=none"));
    for (String event : List.of(FORCED, WRITTEN)) {
      settings.addAll(List.of("+" + event + "#enabled=true", "+" + event + "#threshold=0ms"));
    }
    tell(process, "JFR.start", settings);
    recorded.put(name, process);
  }

  void read(Reading into) throws IOException, InterruptedException {
    for (Map.Entry<String, StackProcess> one : recorded.entrySet()) {
      Path file = folder.resolve(one.getKey() + ".jfr");
      tell(one.getValue(), "JFR.dump", List.of("name=" + NAME, "filename=\"" + file + "\""));
      try (var recording = new RecordingFile(file)) {
        while (recording.hasMoreEvents()) {
          count(one.getKey(), recording.readEvent(), into);
        }
      }
    }
  }

  private void count(String process, RecordedEvent event, Reading into) {
    switch (event.getEventType().getName()) {
      case FORCED -> into.add(Unit.FORCED_WRITE, process, kindOf(event.getString("path")), 1);
      case WRITTEN -> {
        String path = event.getString("path");
        if (path != null && Path.of(path).startsWith(data)) {
          into.add(Unit.LOG_BYTE, process, "log", event.getLong("bytesWritten"));
        }
      }
      default -> {}
    }
  }

  /**
   * @param forced the path of a file; null if it is not known
   */
  static String kindOf(String forced) {
    return forced != null && forced.contains(PROGRESS) ? Count.IN_BACKGROUND : "log";
  }

  private void tell(StackProcess process, String command, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(jdk.home().resolve("bin").resolve("jcmd").toString());
    line.addAll(List.of(String.valueOf(process.pid()), command));
    line.addAll(arguments);
    Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
    jcmd.getOutputStream().close();
    String told = new String(jcmd.getInputStream().readAllBytes());
    if (jcmd.waitFor() != 0) {
      throw new StackException(
          "%s does not do %s: %s".formatted(process.name(), command, told.strip()));
    }
  }

  /** Ends the recordings. */
  @Override
  public void close() throws IOException {
    try {
      for (StackProcess process : recorded.values()) {
        if (process.isAlive()) {
          tell(process, "JFR.stop", List.of("name=" + NAME));
          // A JVM that is killed would leave this file; one that is asked again makes another.
          Files.deleteIfExists(Path.of("/tmp/.java_pid" + process.pid()));
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

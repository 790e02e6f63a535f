package org.ticketing.stack.server;

import java.util.Optional;
import org.ticketing.stack.run.Run;

/** Starts a Kafka broker. */
public final class KafkaLauncher implements ServerLauncher {

  private final boolean forced;

  /** Starts it so that it forces to the disk what it acknowledges. */
  public KafkaLauncher() {
    this(true);
  }

  private KafkaLauncher(boolean forced) {
    this.forced = forced;
  }

  @Override
  public String name() {
    return KafkaServer.NAME;
  }

  @Override
  public String label() {
    return KafkaServer.LABEL;
  }

  @Override
  public Server.Kind kind() {
    return Server.Kind.BROKER;
  }

  @Override
  public Optional<ServerLauncher> asShipped() {
    return Optional.of(new KafkaLauncher(false));
  }

  @Override
  public Server start(Run run, Optional<JdbcAccess> elsewhere) {
    return KafkaServer.start(run, forced);
  }
}

package org.ticketing.experiments.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.ticketing.queue.QueueApi;
import org.ticketing.queue.QueueApi.Status;
import org.ticketing.queue.QueueApi.TokenRequest;
import org.ticketing.queue.QueueApi.TokenView;
import org.ticketing.user.UserApi.Registration;
import org.ticketing.workload.PublicApis;

/** Users who stand in line and look at their rank, as their browsers would. */
final class Spectators {

  private static final String PASSWORD = "look at the line";

  private record Spectator(UUID id, QueueApi queue) {}

  private final List<Spectator> spectators;

  private Spectators(List<Spectator> spectators) {
    this.spectators = spectators;
  }

  static Spectators register(PublicApis apis, int count) {
    return new Spectators(IntStream.range(0, count).mapToObj(i -> register(apis)).toList());
  }

  private static Spectator register(PublicApis apis) {
    String email = UUID.randomUUID() + "@example.org";
    UUID id = apis.users().register(new Registration(email, "A spectator", PASSWORD)).id();
    return new Spectator(id, apis.as(email, PASSWORD).queue());
  }

  List<UUID> ids() {
    return spectators.stream().map(Spectator::id).toList();
  }

  /** How long each look took, in turn; the first looks of all are not counted. */
  List<Duration> look(UUID schedule, int times) {
    TokenRequest request = new TokenRequest(schedule);
    List<UUID> tokens = spectators.stream().map(one -> one.queue().take(request).id()).toList();
    List<Duration> looks = new ArrayList<>();
    for (int time = 0; time <= times; time++) {
      for (int i = 0; i < tokens.size(); i++) {
        Duration look = look(spectators.get(i), tokens.get(i));
        if (time > 0) {
          looks.add(look);
        }
      }
    }
    return looks;
  }

  private static Duration look(Spectator spectator, UUID tokenId) {
    long began = System.nanoTime();
    TokenView token = spectator.queue().find(tokenId);
    Duration look = Duration.ofNanos(System.nanoTime() - began);
    if (token.status() != Status.WAITING || token.rank() < 1) {
      throw new IllegalStateException(
          "A spectator was to wait all the time, and got " + token + ".");
    }
    return look;
  }
}

package org.ticketing.seata;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.seata.discovery.registry.RegistryService;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Knows who leads a Raft cluster of Seata's servers, because it asks them every second: any of them
 * tells. Transactions begin, and branches are registered, at the leader.
 *
 * <p>Seata's client has such a registry itself ({@code RaftRegistryServiceImpl}). In 2.5.0 it asks
 * one server when the process starts. If that one is down, or has not found a leader yet, it never
 * asks again: the process has no server until it is started anew, and one of its threads keeps a
 * processor busy ({@code watch} returns at once where no group is known).
 */
final class ServerCluster implements RegistryService<Object> {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final String LEADER = "LEADER";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final List<String> servers;

  private volatile State state = new State(List.of(), 0);

  /**
   * @param servers where they answer HTTP: host and port of each
   */
  ServerCluster(List<String> servers) {
    this.servers = List.copyOf(servers);
  }

  /**
   * Asks the servers in turn until one of them names a leader. An answer of an earlier term is that
   * of a server which has not heard of the new leader, as one that was paused.
   */
  synchronized void ask() {
    for (String server : servers) {
      State answer = ask(server);
      if (answer != null && answer.leader() != null && answer.term() >= state.term()) {
        state = answer;
        return;
      }
    }
  }

  /** What a server knows, or null if it does not tell. */
  private State ask(String server) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://" + server + "/metadata/v1/cluster?group=default"))
            .timeout(PATIENCE)
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200 ? JSON.readValue(answer.body(), State.class) : null;
    } catch (IOException | JacksonException away) {
      return null;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** All servers, to which the client keeps connections. None is known before one has answered. */
  @Override
  public List<InetSocketAddress> lookup(String group) {
    if (state.leader() == null) {
      ask();
    }
    return state.members().map(Member::address).distinct().toList();
  }

  /** The leader alone. */
  @Override
  public List<InetSocketAddress> aliveLookup(String group) {
    return Stream.ofNullable(state.leader()).toList();
  }

  /** Whom the client reaches says nothing about who leads. */
  @Override
  public List<InetSocketAddress> refreshAliveLookup(String group, List<InetSocketAddress> alive) {
    return alive;
  }

  @Override
  @SuppressWarnings("deprecation") // The interface has no other.
  public void register(InetSocketAddress server) {
    throw new UnsupportedOperationException("Servers are configured.");
  }

  @Override
  @SuppressWarnings("deprecation") // The interface has no other.
  public void unregister(InetSocketAddress server) {
    throw new UnsupportedOperationException("Servers are configured.");
  }

  @Override
  public void subscribe(String cluster, Object listener) {
    throw new UnsupportedOperationException("Nobody is told of changes.");
  }

  @Override
  public void unsubscribe(String cluster, Object listener) {
    throw new UnsupportedOperationException("Nobody is told of changes.");
  }

  @Override
  public void close() {
    // There is nothing to give back.
  }

  /** What a server tells, as far as it matters here. */
  private record State(List<Member> nodes, long term) {

    Stream<Member> members() {
      return Stream.ofNullable(nodes).flatMap(List::stream).filter(Member::isReachable);
    }

    InetSocketAddress leader() {
      return members()
          .filter(member -> LEADER.equals(member.role()))
          .map(Member::address)
          .findFirst()
          .orElse(null);
    }
  }

  private record Member(String role, Endpoint transaction) {

    boolean isReachable() {
      return Objects.nonNull(transaction);
    }

    InetSocketAddress address() {
      return new InetSocketAddress(transaction.host(), transaction.port());
    }
  }

  private record Endpoint(String host, int port) {}
}

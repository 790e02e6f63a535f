package org.ticketing.seata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerClusterTest {

  private static final String GROUP = "ticketing";
  private static final InetSocketAddress ONE = new InetSocketAddress("127.0.0.1", 8091);
  private static final InetSocketAddress TWO = new InetSocketAddress("127.0.0.1", 8092);
  private static final String NO_LEADER = "{\"nodes\": [], \"storeMode\": \"raft\", \"term\": 0}";

  private final List<HttpServer> started = new ArrayList<>();

  private String answerOfOne = NO_LEADER;
  private String answerOfTwo = NO_LEADER;

  private final ServerCluster cluster =
      new ServerCluster(List.of(server(() -> answerOfOne), server(() -> answerOfTwo)));

  @AfterEach
  void stop() {
    started.forEach(server -> server.stop(0));
  }

  @Test
  void theLeaderIsWhomAServerNames() {
    answerOfOne = ledBy(TWO, 1);

    cluster.ask();

    assertThat(cluster.aliveLookup(GROUP)).containsExactly(TWO);
    assertThat(cluster.lookup(GROUP)).containsExactlyInAnyOrder(ONE, TWO);
  }

  @Test
  void aLeaderThatIsChosenLaterIsFound() {
    cluster.ask();
    assertThat(cluster.aliveLookup(GROUP)).isEmpty();
    assertThat(cluster.lookup(GROUP)).isEmpty();

    answerOfTwo = ledBy(ONE, 1);
    cluster.ask();

    assertThat(cluster.aliveLookup(GROUP)).containsExactly(ONE);
  }

  @Test
  void aServerThatIsDownDoesNotHideTheOthers() {
    answerOfOne = ledBy(ONE, 1);
    answerOfTwo = ledBy(ONE, 1);
    cluster.ask();

    started.get(0).stop(0);
    answerOfTwo = ledBy(TWO, 2);
    cluster.ask();

    assertThat(cluster.aliveLookup(GROUP)).containsExactly(TWO);
  }

  @Test
  void aServerThatHasNotHeardOfTheNewLeaderIsNotBelieved() {
    answerOfOne = ledBy(ONE, 1);
    answerOfTwo = ledBy(TWO, 2);
    cluster.ask();
    assertThat(cluster.aliveLookup(GROUP)).containsExactly(ONE);

    answerOfOne = NO_LEADER;
    cluster.ask();
    answerOfOne = ledBy(ONE, 1);
    cluster.ask();

    assertThat(cluster.aliveLookup(GROUP)).containsExactly(TWO);
  }

  @Test
  void anAnswerThatIsNoneOfACluster() {
    answerOfOne = "busy";
    answerOfTwo = "{}";

    cluster.ask();

    assertThat(cluster.aliveLookup(GROUP)).isEmpty();
  }

  private static String ledBy(InetSocketAddress leader, long term) {
    return """
        {"nodes": [%s, %s], "storeMode": "raft", "term": %s}
        """
        .formatted(member(ONE, leader), member(TWO, leader), String.valueOf(term));
  }

  private static String member(InetSocketAddress member, InetSocketAddress leader) {
    return """
        {"control": {"host": "127.0.0.1", "port": 7091}, "group": "default", "metadata": {},
         "transaction": {"host": "127.0.0.1", "port": %s}, "role": "%s"}
        """
        .formatted(String.valueOf(member.getPort()), member.equals(leader) ? "LEADER" : "FOLLOWER");
  }

  private String server(Supplier<String> answer) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/metadata/v1/cluster",
          exchange -> {
            byte[] body = answer.get().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      started.add(server);
      return "127.0.0.1:" + server.getAddress().getPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

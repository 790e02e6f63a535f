package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands against a tracker that is played. */
class TransactionsCommandTest {

  private static final String PAYMENT = "3f0c9f0e-9a51-4d3c-8a3e-0d7b8d0c9a11";
  private static final String OTHER = "9d1f2b7e-0d5a-4f0e-9a51-0d7b8d0c9a22";
  private static final String CUSTOMER = "5b7a5c0e-66c4-4b1c-8f0e-1d2c3b4a5f61";
  private static final String RESERVATION = "c4c8d2aa-0b0f-4f8e-9d57-6a1b2c3d4e5f";
  private static final String XID = "payment-1/0123abcd/17";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();
  private final CommandLine ticketing =
      Ticketing.commandLine().setErr(new PrintWriter(err, true)).setOut(new PrintWriter(out, true));

  private FakeTracker tracker;
  private Path password;

  @BeforeEach
  void start() throws IOException {
    tracker = FakeTracker.start();
    password = Files.writeString(folder.resolve("password"), FakeTracker.PASSWORD + "\n");
  }

  @AfterEach
  void stop() {
    tracker.close();
  }

  @Test
  void listsOnePageAndSaysThatThereAreMore() {
    tracker.answers("GET /transactions?show=in-doubt&size=100", page("\"next\"", inDoubt(PAYMENT)));

    assertThat(run("list", "--show", "in-doubt")).isZero();

    assertThat(out.toString())
        .containsPattern("STUCK +2026-11-26T14:00:00Z +unknown +" + PAYMENT + " ")
        .contains("10");
    assertThat(err.toString())
        .contains("not reached: point: gave no answer", "There are more: --all lists them.");
  }

  @Test
  void listsAllPages() {
    tracker.answers("GET /transactions?size=2", page("\"a+b\"", completed(PAYMENT)));
    tracker.answers("GET /transactions?after=a%2Bb&size=2", page("null", completed(OTHER)));

    assertThat(run("list", "--all", "--size", "2")).isZero();

    assertThat(out.toString()).contains(PAYMENT, OTHER);
    assertThat(err.toString()).doesNotContain("There are more");
  }

  @Test
  void listsWhatIsStuckOfAllThatIsInFlight() {
    tracker.answers("GET /transactions?show=in-flight&size=100", page("\"b\"", working(OTHER)));
    tracker.answers(
        "GET /transactions?after=b&show=in-flight&size=100", page("null", inDoubt(PAYMENT)));

    assertThat(run("list", "--show", "stuck", "--fail-if-any")).isEqualTo(1);

    assertThat(out.toString()).contains(PAYMENT).doesNotContain(OTHER);
  }

  @Test
  void failsNotIfThereIsNone() {
    tracker.answers("GET /transactions?show=in-doubt&size=100", page("null"));

    assertThat(run("list", "--show", "in-doubt", "--fail-if-any")).isZero();

    assertThat(out.toString()).isEqualTo("no transactions%n".formatted());
  }

  @Test
  void exportsTransactionsAsJsonAndCsv() {
    tracker.answers("GET /transactions?size=100", page("null", refused(PAYMENT), inDoubt(OTHER)));

    assertThat(run("list", "--format", "json")).isZero();
    JsonNode json = JSON.readTree(out.toString());
    assertThat(json.size()).isEqualTo(2);
    assertThat(json.path(0).path("reason").asString()).isEqualTo("insufficient-points");

    out.getBuffer().setLength(0);
    assertThat(run("list", "--format", "csv")).isZero();
    assertThat(out.toString().lines())
        .hasSize(3)
        .satisfiesExactly(
            headings -> assertThat(headings).startsWith("payment,xid,state,user,reservation,key,"),
            first -> assertThat(first).startsWith(PAYMENT).contains(",\"a \"\"key\"\", quoted\","),
            second -> assertThat(second).startsWith(OTHER).endsWith(",true"));
  }

  @Test
  void watchesUntilItIsEndedAlsoWhileTheTrackerIsAway() throws Exception {
    tracker.answers(
        "GET /transactions/counts",
        """
        {"byOutcome": {"completed": 12}, "perSecond": 4.0, "inFlight": 3, "inDoubt": 1, "stuck": 1}
        """);
    tracker.answers("GET /transactions?size=100", page("null", inDoubt(PAYMENT)));
    CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    Thread watching = new Thread(() -> exitCode.complete(run("list", "--watch")));
    watching.start();

    await().until(() -> occurrences("3 in flight, 1 in doubt, 1 stuck") >= 2);
    tracker.close();
    await().until(() -> out.toString().contains("does not answer"));
    watching.interrupt();

    assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void showsWhatEverybodyTellsOfATransaction() {
    tracker.answers("GET /transactions/" + PAYMENT, detail());

    assertThat(run("show", PAYMENT)).isZero();

    assertThat(out.toString().lines())
        .contains(
            "xa " + PAYMENT + ": unknown, STUCK",
            "  Xid              " + XID,
            "Time line (ms since its begin, length in ms)",
            "         0.0            payment      working",
            "         1.5       4.2  point        prepare",
            "         6.0    1000.0  reservation  prepare  FAILED: no answer",
            "  unknown, decided: unknown; its repetitions are suspended",
            "  it is for payment-1 to go on",
            "  tried 7 times",
            "  the last of them failed: no answer",
            "  point        prepared branch: prepared (open) since 2026-11-26T14:00:01Z",
            "               waited for by payment " + OTHER,
            "  ! point has prepared what reservation has undone",
            "  the branch of point is asked for again, at 2026-11-26T14:05:00Z",
            "  retry     ask reservation again",
            "  complete  HEURISTIC, the decision is unknown and becomes yours: commit the branch of"
                + " point",
            "  release   not possible: the engine knows it",
            "  reservation: gave no answer");
  }

  @Test
  void showsATransactionByItsKeyToo() {
    tracker.answers("GET /transactions?find=a%20key&size=2", page("null", inDoubt(PAYMENT)));
    tracker.answers("GET /transactions/" + PAYMENT, detail());

    assertThat(run("show", "a key", "--format", "json")).isZero();

    assertThat(JSON.readTree(out.toString()).path("detail").path("protocol").asString())
        .isEqualTo("xa");
  }

  @Test
  void saysThatATransactionIsNotKnown() {
    tracker.answers("GET /transactions?find=" + PAYMENT + "&size=2", page("null"));

    assertThat(run("show", PAYMENT)).isEqualTo(2);

    assertThat(err.toString()).isEqualTo("Nobody knows that transaction.%n".formatted());
  }

  @Test
  void steersWhatAFilterChoosesAndSaysWhatWasDone() {
    tracker.answers(
        "GET /transactions?show=in-flight&size=1000",
        page("null", inDoubt(PAYMENT), inDoubt(OTHER)));
    tracker.answers(
        "POST /transactions/previews",
        steered(
            effect(PAYMENT, "[\"ask point again\"]", false, "null", false),
            effect(OTHER, "[\"ask reservation again\"]", false, "null", false)));
    tracker.answers(
        "POST /transactions/steerings",
        steered(
            effect(PAYMENT, "[\"committed the branch of point\"]", false, "null", true),
            effect(OTHER, "[\"asked reservation\"]", false, "null", false)));

    assertThat(run("retry", "--show", "stuck", "--reason", "it is night", "--yes")).isEqualTo(1);

    assertThat(out.toString().lines())
        .containsSubsequence(
            PAYMENT + "  ask point again",
            OTHER + "  ask reservation again",
            PAYMENT + "  done: committed the branch of point",
            OTHER + "  NOT FINISHED, repeat it: asked reservation");
    assertThat(orders())
        .last()
        .satisfies(
            order -> {
              assertThat(order.path("steering").asString()).isEqualTo("RETRY");
              assertThat(order.path("reason").asString()).isEqualTo("it is night");
              assertThat(order.path("transactions").size()).isEqualTo(2);
              assertThat(order.path("heuristic").asBoolean()).isFalse();
            });
  }

  @Test
  void doesNotOrderWhatTheKnownDecisionForbids() {
    tracker.answers(
        "POST /transactions/previews",
        steered(effect(PAYMENT, "[]", false, "\"it is decided to complete\"", false)));

    assertThat(run("undo", PAYMENT, "--reason", "a wish", "--yes")).isEqualTo(1);

    assertThat(out.toString().lines())
        .containsExactly(PAYMENT + "  not possible: it is decided to complete");
    assertThat(orders()).hasSize(1);
  }

  @Test
  void showsBothOutcomesOfAHeuristicDecision() {
    tracker.answers(
        "POST /transactions/previews",
        sent ->
            sent.contains("\"UNDO\"")
                ? steered(effect(XID, "[\"roll back the branch of point\"]", true, "null", false))
                : steered(effect(XID, "[\"commit the branch of point\"]", true, "null", false)));
    tracker.answers(
        "POST /transactions/steerings",
        steered(effect(XID, "[\"committed the branch of point\"]", true, "null", true)));

    assertThat(run("complete", XID, "--heuristic", "--reason", "the ticket was used", "--yes"))
        .isZero();

    assertThat(out.toString().lines())
        .containsSubsequence(
            XID
                + "  HEURISTIC, the decision is unknown and becomes yours: commit the branch of"
                + " point",
            "The other decision, undo, would do:",
            XID
                + "  HEURISTIC, the decision is unknown and becomes yours: roll back the branch of"
                + " point",
            XID + "  done: committed the branch of point");
    assertThat(orders()).allMatch(order -> order.path("heuristic").asBoolean());
  }

  @Test
  void decidesNothingInsteadOfTheProtocolUnlessItIsTold() {
    tracker.answers(
        "POST /transactions/previews",
        steered(
            effect(XID, "[\"roll back the branch of point\"]", true, "null", false),
            effect(PAYMENT, "[\"cancel the branch of point\"]", false, "null", false)));
    tracker.answers(
        "POST /transactions/steerings",
        steered(effect(PAYMENT, "[\"cancelled the branch of point\"]", false, "null", true)));

    assertThat(run("undo", XID, PAYMENT, "--reason", "a wish", "--yes")).isEqualTo(1);

    assertThat(out.toString())
        .contains("roll back the branch of point (only with --heuristic)")
        .contains("The other decision, complete, would do:");
    assertThat(orders())
        .last()
        .satisfies(
            order ->
                assertThat(order.path("transactions").values())
                    .extracting(node -> node.asString())
                    .containsExactly(PAYMENT));
  }

  @Test
  void saysWhatIsHalfDone() {
    tracker.answers("POST /transactions/previews", TransactionsCommandTest::askAgain);
    tracker.answers(
        "POST /transactions/steerings",
        steered(effect(PAYMENT, "[\"ask again\"]", false, "\"point gives no answer\"", false)));

    assertThat(run("retry", PAYMENT, "--reason", "it is night", "--yes")).isEqualTo(1);

    assertThat(out.toString()).contains("NOT FINISHED, repeat it: point gives no answer");
  }

  @Test
  void aDryRunOrdersNothingAndNeedsNoReason() {
    tracker.answers(
        "POST /transactions/previews",
        steered(effect(PAYMENT, "[\"ask point again\"]", false, "null", false)));

    assertThat(run("retry", PAYMENT, "--dry-run")).isZero();

    assertThat(tracker.asked())
        .singleElement()
        .satisfies(one -> assertThat(one).startsWith("POST /transactions/previews"));
  }

  @Test
  void asksNobodyWhereThereIsNoTerminal() {
    tracker.answers(
        "POST /transactions/previews",
        steered(effect(PAYMENT, "[\"ask point again\"]", false, "null", false)));

    assertThat(run("retry", PAYMENT, "--reason", "it is night")).isEqualTo(2);

    assertThat(out.toString()).contains("ask point again");
    assertThat(err.toString()).contains("There is no terminal to ask: add --yes, or --dry-run.");
    assertThat(tracker.asked()).noneMatch(one -> one.startsWith("POST /transactions/steerings"));
  }

  @Test
  void sendsManyTransactionsInSeveralOrders() {
    tracker.answers("POST /transactions/previews", TransactionsCommandTest::askAgain);
    tracker.answers("POST /transactions/steerings", TransactionsCommandTest::askAgain);
    List<String> arguments = new ArrayList<>(List.of("retry", "--reason", "many", "--yes"));
    for (int number = 0; number < 45; number++) {
      arguments.add("xid-" + number);
    }

    assertThat(run(arguments.toArray(String[]::new))).isZero();

    assertThat(orders())
        .extracting(order -> order.path("transactions").size())
        .containsExactly(20, 20, 5, 20, 20, 5);
  }

  @Test
  void exportsTheLogToItsEnd() {
    tracker.answers(
        "GET /transactions/log?payment=%s&size=1000".formatted(PAYMENT),
        """
        {"entries": [{"at": "2026-11-26T14:00:00Z", "service": "payment", "instance": "payment",
          "payment": "%s", "to": "WORKING", "failed": false}],
         "next": "c", "keptSince": "2026-11-19T00:00:00Z", "lost": 2, "notReached": []}
        """
            .formatted(PAYMENT));
    tracker.answers(
        "GET /transactions/log?after=c&payment=%s&size=1000".formatted(PAYMENT),
        """
        {"entries": [], "next": null, "lost": 2, "notReached": []}
        """);

    assertThat(run("log", "--payment", PAYMENT, "--format", "csv")).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "at,service,instance,payment,xid,from,to,phase,participant,micros,cause,failed",
            "2026-11-26T14:00:00Z,payment,payment," + PAYMENT + ",,,WORKING,,,,,false");
    assertThat(err.toString().lines())
        .containsExactly(
            "Entries before 2026-11-19T00:00:00Z are not kept any more.",
            "2 entries could not be written.");
  }

  @Test
  void listsWhatOperatorsHaveOrdered() {
    tracker.answers(
        "GET /transactions/steerings?size=1000",
        """
        {"steerings": [
          {"at": "2026-11-26T14:00:00Z", "operator": "%1$s", "steering": "UNDO",
           "transaction": "%2$s", "reason": "the host is gone", "heuristic": true,
           "effect": {"steps": ["rolled back the branch of point"], "heuristic": true,
                      "refusal": null, "finished": true}},
          {"at": "2026-11-26T13:00:00Z", "operator": "%1$s", "steering": "RETRY",
           "transaction": "%2$s", "reason": "first", "heuristic": false, "effect": null}],
         "next": null}
        """
            .formatted(OTHER, XID));

    assertThat(run("steerings")).isZero();

    assertThat(out.toString())
        .contains("undo (heuristic)", "the host is gone", "done: rolled back the branch of point")
        .contains("not known: the process died meanwhile");
  }

  @Test
  void whoIsNoOperatorIsToldSo() {
    tracker.forgetOperators();

    assertThat(run("list")).isEqualTo(2);

    assertThat(err.toString()).isEqualTo("night@example.org is no operator.%n".formatted());
    assertThat(tracker.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"list", "steerings", "log"})
  void aWrongPasswordIsToldInOneLine(String command) throws IOException {
    Files.writeString(password, "another one");

    assertThat(run(command)).isEqualTo(2);

    assertThat(err.toString()).isEqualTo("E-mail address or password is wrong.%n".formatted());
  }

  @Test
  void whatIsNoTrackerIsNamed() {
    tracker.answers("GET /transactions?size=100", "<!DOCTYPE html>");

    assertThat(run("list")).isEqualTo(2);

    assertThat(err.toString()).contains("is it one?");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("transactions"));
    all.addAll(List.of(arguments));
    all.addAll(
        List.of(
            "--target",
            tracker.url(),
            "--operator",
            FakeTracker.EMAIL,
            "--password-file",
            password.toString()));
    return ticketing.execute(all.toArray(String[]::new));
  }

  private List<JsonNode> orders() {
    return tracker.asked().stream()
        .filter(one -> one.startsWith("POST "))
        .map(one -> JSON.readTree(one.substring(one.indexOf('{'))))
        .toList();
  }

  private int occurrences(String text) {
    return out.toString().split(text, -1).length - 1;
  }

  private static String askAgain(String order) {
    List<String> effects = new ArrayList<>();
    JSON.readTree(order)
        .path("transactions")
        .values()
        .forEach(
            one -> effects.add(effect(one.asString(), "[\"ask again\"]", false, "null", true)));
    return steered(effects.toArray(String[]::new));
  }

  private static String page(String next, String... transactions) {
    return """
        {"protocol": "xa", "transactions": [%s], "next": %s,
         "notReached": ["point: gave no answer"]}
        """
        .formatted(String.join(",", transactions), next);
  }

  private static String inDoubt(String payment) {
    return summary(payment, "UNKNOWN", "null", "null", "null", true);
  }

  private static String working(String payment) {
    return summary(payment, "WORKING", "null", "null", "null", false);
  }

  private static String completed(String payment) {
    return summary(
        payment, "COMPLETED", "\"completed\"", "null", "\"2026-11-26T14:00:01Z\"", false);
  }

  private static String refused(String payment) {
    return summary(
        payment,
        "UNDONE",
        "\"refused\"",
        "\"insufficient-points\"",
        "\"2026-11-26T14:00:01Z\"",
        false);
  }

  private static String summary(
      String payment, String state, String outcome, String reason, String ended, boolean stuck) {
    return """
        {"payment": "%s", "xid": "%s", "state": "%s", "user": "%s", "reservation": "%s",
         "key": "a \\"key\\", quoted", "amount": 10, "outcome": %s, "reason": %s,
         "startedAt": "2026-11-26T14:00:00Z", "endedAt": %s, "stuck": %s}
        """
        .formatted(payment, XID, state, CUSTOMER, RESERVATION, outcome, reason, ended, stuck);
  }

  private static String steered(String... effects) {
    return "[" + String.join(",", effects) + "]";
  }

  private static String effect(
      String transaction, String steps, boolean heuristic, String refusal, boolean finished) {
    return """
        {"transaction": "%s",
         "effect": {"steps": %s, "heuristic": %s, "refusal": %s, "finished": %s, "refused": false}}
        """
        .formatted(transaction, steps, heuristic, refusal, finished);
  }

  private static String detail() {
    return """
        {"id": "%1$s",
         "detail": {
           "transaction": %2$s, "protocol": "xa", "patience": "18 s", "decision": "UNKNOWN",
           "engine": {
             "transaction": {"payment": "%1$s", "xid": "%3$s"}, "state": "UNKNOWN",
             "decision": "UNKNOWN", "since": "2026-11-26T14:00:00Z", "owner": "payment-1",
             "repetitions": 7, "error": "no answer", "suspended": true,
             "next": [{"what": "the branch of point is asked for again",
                       "at": "2026-11-26T14:05:00Z"}]},
           "possible": {
             "COMPLETE": {"steps": ["commit the branch of point"], "heuristic": true,
                          "refusal": null, "finished": false},
             "RELEASE": {"steps": [], "heuristic": false,
                         "refusal": "the engine knows it", "finished": false},
             "RETRY": {"steps": ["ask reservation again"], "heuristic": false,
                       "refusal": null, "finished": false}}},
         "log": [
           {"at": "2026-11-26T14:00:00Z", "service": "payment", "instance": "payment",
            "payment": "%1$s", "xid": "%3$s", "from": null, "to": "WORKING", "failed": false},
           {"at": "2026-11-26T14:00:00.001500Z", "service": "payment", "instance": "payment",
            "xid": "%3$s", "phase": "prepare", "participant": "point", "micros": 4200,
            "failed": false},
           {"at": "2026-11-26T14:00:00.006Z", "service": "payment", "instance": "payment",
            "xid": "%3$s", "phase": "prepare", "participant": "reservation", "micros": 1000000,
            "cause": "no answer", "failed": true}],
         "keptSince": null, "lost": 0,
         "holdings": [
           {"participant": "point", "what": "prepared branch", "state": "prepared",
            "meaning": "OPEN", "since": "2026-11-26T14:00:01Z", "waiting": ["payment %4$s"]}],
         "disagreements": [
           {"participant": "point", "text": "point has prepared what reservation has undone"}],
         "notReached": ["reservation: gave no answer"]}
        """
        .formatted(PAYMENT, inDoubt(PAYMENT), XID, OTHER);
  }
}

package org.ticketing.experiments.compare;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ObjIntConsumer;
import org.ticketing.experiments.compare.Results.Judged;
import org.ticketing.experiments.relay.DistantSystem;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.experiments.report.Switches;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.server.Server;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.PaymentWay;
import org.ticketing.workload.Workload;

/**
 * Systems that are started and warmed up once, and then measured in turn, in as many parts of the
 * comparison as there are. Only the one whose turn it is runs; the processes of the others are
 * paused.
 */
final class Sitting implements AutoCloseable {

  private final LocalStack stack;
  private final Plan plan;
  private final ProgressListener progress;
  private final Schedule schedule;
  private final List<Contestant> contestants = new CopyOnWriteArrayList<>();
  private final List<Closeable> started = new ArrayList<>();
  private final List<DistantSystem> distant = new ArrayList<>();

  Sitting(LocalStack stack, Plan plan, Schedule schedule, ProgressListener progress) {
    this.stack = stack;
    this.plan = plan;
    this.schedule = schedule;
    this.progress = progress;
  }

  /**
   * Starts a system in which everything is off, alone on the machine, and warms it up.
   *
   * @param distant whether relays are put between its processes; see {@link #setRoundTrip}
   */
  void enter(SystemDescription system, boolean distant)
      throws InterruptedException, IOException, SQLException {
    giveMachineTo(system);
    warmUp(distant ? startDistant(system) : start(system, Switches.OFF), PaymentWay.SYNCHRONOUS);
  }

  /**
   * Starts a system, alone on the machine, and warms it up.
   *
   * @param properties of its processes, besides those that all have
   * @param way in which its clients ask for payments
   */
  Contestant enter(SystemDescription system, Map<String, String> properties, PaymentWay way)
      throws InterruptedException, SQLException {
    giveMachineTo(system);
    return warmUp(start(system, properties), way);
  }

  /** The same, for clients who wait, and goes on until its processor time can be compared. */
  void enterAndRunIn(SystemDescription system, Map<String, String> properties)
      throws InterruptedException, SQLException {
    enterAndRunIn(system, properties, (contestant, number) -> {});
  }

  /**
   * The same.
   *
   * @param beforeEach is given the contestant and the number of each round after its warm-up,
   *     before it
   */
  void enterAndRunIn(
      SystemDescription system,
      Map<String, String> properties,
      ObjIntConsumer<Contestant> beforeEach)
      throws InterruptedException, SQLException {
    Contestant contestant = enter(system, properties, PaymentWay.SYNCHRONOUS);
    if (plan.settings().latency()) {
      contestant.runIn(number -> beforeEach.accept(contestant, number));
    }
    schedule.ranIn();
  }

  private TicketingSystem start(SystemDescription system, Map<String, String> properties) {
    TicketingSystem running =
        stack.start(system, SystemOptions.NONE.withProperties(withSetting(properties)));
    started.add(running::close);
    return running;
  }

  private static Map<String, String> withSetting(Map<String, String> properties) {
    Map<String, String> all = new LinkedHashMap<>(BoxOffice.SETTING);
    all.putAll(properties);
    return all;
  }

  private TicketingSystem startDistant(SystemDescription system) throws IOException {
    DistantSystem running =
        DistantSystem.start(stack, system, withSetting(Switches.OFF), Duration.ZERO);
    started.add(running);
    distant.add(running);
    return running.system();
  }

  private Contestant warmUp(TicketingSystem running, PaymentWay way)
      throws InterruptedException, SQLException {
    Contestant contestant =
        new Contestant(running, new Meter(stack, running), plan.settings(), customers(), way);
    contestants.add(contestant);
    progress.accept("warming up %s%s".formatted(running.name(), schedule.left()));
    contestant.warmUp();
    schedule.warmedUp();
    WarmUp warmUp = contestant.warmedUp();
    if (plan.settings().latency()) {
      progress.accept(
          "%s %s after %d payments"
              .formatted(
                  running.name(), warmUp.flat() ? "is warm" : "is NOT warm", warmUp.payments()));
    }
    return contestant;
  }

  private Workload customers() {
    Workload rounds = plan.settings().workload();
    return plan.hasSweeps() ? rounds.withSharedWallets(PlannedSweep.MANY_WALLETS) : rounds;
  }

  /** Sets the distance between the processes of all systems that entered with relays. */
  void setRoundTrip(Duration roundTrip) {
    distant.forEach(system -> system.roundTrip(roundTrip));
  }

  /** All contestants, in the order of tables. */
  List<Contestant> contestants() {
    return List.copyOf(contestants);
  }

  /**
   * All contestants in the order of their turns.
   *
   * @param number of the round: the order rotates
   */
  List<Contestant> inTurn(int number) {
    List<Contestant> order = new ArrayList<>(contestants);
    Collections.rotate(order, number);
    return order;
  }

  /** The one that ratios are taken to. */
  Contestant yardstick() {
    return contestants.stream()
        .filter(contestant -> contestant.system().yardstick())
        .findFirst()
        .orElseThrow();
  }

  /** What a contestant does in a round. */
  interface Turn {
    void take(Contestant contestant, int number) throws InterruptedException, SQLException;
  }

  /**
   * Plays the rounds of a part. In each, every contestant takes a turn, alone on the machine.
   *
   * @param name of a round, in messages
   */
  void playRounds(ComparisonPart part, String name, Turn turn)
      throws InterruptedException, SQLException {
    int rounds = plan.settings().measuredRounds();
    int turns = rounds * contestants.size();
    int played = 0;
    for (int number = 1; number <= rounds; number++) {
      for (Contestant contestant : inTurn(number)) {
        progress.step(
            played++,
            turns,
            "%s %d of %d: %s%s"
                .formatted(name, number, rounds, contestant.name(), schedule.left()));
        giveMachineTo(contestant);
        turn.take(contestant, number);
        schedule.played(part);
      }
    }
    progress.step(turns, turns, "all rounds were played");
  }

  /** Lets one run, alone on the machine. */
  void giveMachineTo(Contestant contestant) throws InterruptedException {
    giveMachineTo(contestant.system());
    contestant.pause().end();
  }

  /** Pauses all other systems, and the servers beside databases that this one does not use. */
  private void giveMachineTo(SystemDescription system) {
    contestants.stream()
        .filter(contestant -> contestant.system() != system)
        .forEach(contestant -> contestant.pause().begin());
    for (Server server : stack.servers()) {
      if (server.kind() != Server.Kind.DATABASE) {
        if (system.allServers().contains(server.name())) {
          server.process().resume();
        } else {
          server.process().pause();
        }
      }
    }
  }

  /**
   * Audits all systems, and leaves their histories in the directory of the run.
   *
   * @param histories what the names of the files begin with
   */
  List<Judged> judge(String histories) throws InterruptedException, IOException {
    List<Judged> judged = new ArrayList<>();
    for (Contestant contestant : contestants) {
      progress.accept("auditing " + contestant.name());
      giveMachineTo(contestant);
      judged.add(
          new Judged(contestant.name(), contestant.warmedUp(), contestant.judge().judgement()));
      contestant.judge().writeHistory(history(histories, contestant));
    }
    return judged;
  }

  private Path history(String beginning, Contestant contestant) {
    return stack.directory().resolve("%s-%s.jsonl".formatted(beginning, contestant.name()));
  }

  /** Ends the systems, and lets the servers go on. */
  @Override
  public void close() throws IOException {
    contestants.forEach(Contestant::close);
    for (Closeable system : started) {
      system.close();
    }
    stack.servers().stream()
        .filter(server -> server.kind() != Server.Kind.DATABASE)
        .forEach(server -> server.process().resume());
  }
}

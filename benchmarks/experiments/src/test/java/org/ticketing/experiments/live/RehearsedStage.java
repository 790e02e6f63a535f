package org.ticketing.experiments.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.ticketing.experiments.live.View.Payment;
import org.ticketing.experiments.live.View.Progress;
import org.ticketing.experiments.live.View.Result;
import org.ticketing.experiments.live.View.Step;
import org.ticketing.experiments.live.View.Strike;
import org.ticketing.experiments.live.View.TimeLine;

/** Two systems that are none: they write down what they are told, and go on when they may. */
final class RehearsedStage implements Stage {

  static final UUID HIT = UUID.fromString("6f1c2b7e-0d5a-4f0e-9a51-0d7b8d0c9a11");

  final List<String> told = Collections.synchronizedList(new ArrayList<>());
  final CountDownLatch mayBePrepared;
  final CountDownLatch mayBeAnswered;
  volatile RuntimeException failure;
  private final List<Contender> contenders =
      List.of(
          new Rehearsed("upright", List.of("payment", "postgresql")),
          new Rehearsed("careless", List.of("payment", "seata")));

  /** One that goes on at once. */
  RehearsedStage() {
    this(0, 0);
  }

  /**
   * @param preparations what has to be counted down before anything is prepared
   * @param answers what has to be counted down before payments are answered
   */
  RehearsedStage(int preparations, int answers) {
    mayBePrepared = new CountDownLatch(preparations);
    mayBeAnswered = new CountDownLatch(answers);
  }

  @Override
  public List<Contender> contenders() {
    return contenders;
  }

  @Override
  public void kill(String target) {
    told.add("kill " + target);
  }

  @Override
  public void restart(String target) {
    told.add("restart " + target);
  }

  private final class Rehearsed implements Contender {

    private final String name;
    private final List<String> killable;

    Rehearsed(String name, List<String> killable) {
      this.name = name;
      this.killable = killable;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String title() {
      return "a system called " + name;
    }

    @Override
    public List<String> killable() {
      return killable;
    }

    @Override
    public void prepare(Order order) throws InterruptedException {
      mayBePrepared.await();
      told.add("prepare " + name);
    }

    @Override
    public void send() throws InterruptedException {
      if (failure != null) {
        throw failure;
      }
      mayBeAnswered.await();
      told.add("sent " + name);
    }

    @Override
    public void stopSending() {
      mayBeAnswered.countDown();
      told.add("stop " + name);
    }

    @Override
    public void settle() {
      told.add("settle " + name);
    }

    @Override
    public void leave() {
      told.add("leave " + name);
    }

    /** As after a kill: one payment was hit, one was refused, one is under way. */
    @Override
    public View view() {
      return new View(
          name,
          title(),
          "http://127.0.0.1:8190",
          new Progress(
              9000, 3, 1, 1, 1, 0, 0, 21.5, 4023.0, 3, 1, Map.of("payments requested", 1L)),
          new Strike("payment", 5000, 8200L),
          List.of(
              new Payment(
                  "key-1", 1000, 1031L, "refused", "reservation-expired", true, false, null),
              new Payment("key-2", 4990, 9000L, "completed", null, false, true, HIT),
              new Payment("key-3", 8990, null, null, null, false, false, null)),
          List.of(
              new TimeLine(
                  "key-2",
                  HIT,
                  List.of(
                      new Step("payment", "working", 4991.5, null, false, null),
                      new Step("point", "<b>work</b>", 4992.5, 11.2, true, "no answer")),
                  "no answer from reservation")),
          new Result(
              2300L, 1, List.of("POINTS_WITHOUT_PAYMENT"), Map.of(), 1, 1, List.of(), List.of()));
    }
  }
}

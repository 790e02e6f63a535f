package org.ticketing.saga;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Steps that are done one after the other, each with a compensation, written in the state language
 * of Seata's engine. When a step throws, the engine compensates it and the steps before it, last
 * first, unless the exception says that the step has changed nothing: then only those before it.
 *
 * @param name under which the engine knows the saga
 * @param bean whose methods do the steps and the compensations: {@code usePoints} does {@code
 *     UsePoints}
 */
record SagaDefinition(String name, String bean, Step... steps) {

  private static final String COMPENSATE = "Compensate";
  private static final String COMPLETED = "Completed";
  private static final String UNDONE = "Undone";

  /** A call of a method with those parameters of the saga that are named. */
  private record Task(String name, String... inputs) {}

  /** No two have the same compensation: the engine tells compensations apart by their names. */
  record Step(
      Task task, boolean isLocal, List<Class<? extends Exception>> harmless, Task compensation) {

    String name() {
      return task.name();
    }

    /**
     * It changes nothing but the database that has the engine's log, and an earlier step's
     * compensation undoes it, too.
     */
    Step local() {
      return new Step(task, true, harmless, compensation);
    }

    /** The exceptions after which the step has certainly changed nothing. */
    @SafeVarargs
    final Step changesNothingOn(Class<? extends Exception>... exceptions) {
      return new Step(task, isLocal, List.of(exceptions), compensation);
    }

    Step compensatedBy(String name, String... inputs) {
      return new Step(task, isLocal, harmless, new Task(name, inputs));
    }
  }

  static Step step(String name, String... inputs) {
    return new Step(new Task(name, inputs), false, List.of(), null);
  }

  /** The names of the steps that are {@linkplain Step#local() local}. */
  Set<String> localSteps() {
    return Stream.of(steps)
        .filter(Step::isLocal)
        .map(Step::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The definition as the engine reads it. It is the same at each start: one that differs from the
   * last, the engine stores as a new one.
   */
  String json() {
    ObjectNode machine = JsonMapper.shared().createObjectNode();
    machine.put("Name", name).put("Version", "1").put("StartState", steps[0].name());
    ObjectNode states = machine.putObject("States");
    for (int i = 0; i < steps.length; i++) {
      String next = i + 1 < steps.length ? steps[i + 1].name() : COMPLETED;
      addStep(states, steps[i], next);
    }
    for (Step step : steps) {
      addTask(states, step.compensation()).put("IsCompensatePersistModeUpdate", true);
    }
    states.putObject(COMPENSATE).put("Type", "CompensationTrigger").put("Next", UNDONE);
    states.putObject(COMPLETED).put("Type", "Succeed");
    states
        .putObject(UNDONE)
        .put("Type", "Fail")
        .put("ErrorCode", "UNDONE")
        .put("Message", "The payment has been undone.");
    return machine.toString();
  }

  private void addStep(ObjectNode states, Step step, String next) {
    // A step that is resumed keeps its row of the log.
    ObjectNode state = addTask(states, step.task()).put("IsRetryPersistModeUpdate", true);
    // FA: has changed nothing; UN: may have been done; SU: has been done.
    ObjectNode status = state.putObject("Status");
    step.harmless()
        .forEach(exception -> status.put("$Exception{" + exception.getName() + "}", "FA"));
    status.put("$Exception{java.lang.Exception}", "UN").put("#root == null", "SU");
    ObjectNode anyFailure = state.putArray("Catch").addObject();
    anyFailure.putArray("Exceptions").add("java.lang.Exception");
    anyFailure.put("Next", COMPENSATE);
    state.put("CompensateState", step.compensation().name()).put("Next", next);
  }

  private ObjectNode addTask(ObjectNode states, Task task) {
    ObjectNode state =
        states
            .putObject(task.name())
            .put("Type", "ServiceTask")
            .put("ServiceName", bean)
            .put("ServiceMethod", StringUtils.uncapitalize(task.name()));
    ArrayNode inputs = state.putArray("Input");
    for (String input : task.inputs()) {
      inputs.add("$.[" + input + "]");
    }
    return state;
  }
}

package org.ticketing.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.seata.saga.statelang.domain.State;
import org.apache.seata.saga.statelang.domain.StateMachine;
import org.apache.seata.saga.statelang.domain.StateType;
import org.apache.seata.saga.statelang.domain.TaskState;
import org.apache.seata.saga.statelang.parser.StateMachineParserFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnreachable;

/** The definition of the saga as Seata's engine reads it. */
class PaymentSagaTest {

  private final StateMachine saga =
      StateMachineParserFactory.getStateMachineParser(null).parse(PaymentSaga.DEFINITION.json());

  @Test
  void doesItsStepsInOrderAndEachHasItsCompensation() {
    List<Map.Entry<String, String>> steps = new ArrayList<>();
    State state = saga.getState(saga.getStartState());
    while (state instanceof TaskState step) {
      steps.add(entry(state.getName(), step.getCompensateState()));
      state = saga.getState(state.getNext());
    }

    assertThat(steps)
        .containsExactly(
            entry("RecordPayment", "CancelPayment"),
            entry("UsePoints", "RefundPoints"),
            entry("CompleteReservation", "ReopenReservation"),
            entry("CompletePayment", "RevokePayment"));
    assertThat(state.getType()).isEqualTo(StateType.SUCCEED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UsePoints", "CompleteReservation"})
  void aRemoteStepHasChangedNothingOnlyWhenItWasRefusedOrCouldNotBeSent(String step) {
    // The engine takes the first that matches.
    assertThat(task(step).getStatus())
        .containsExactly(
            entry("$Exception{" + Refusal.class.getName() + "}", "FA"),
            entry("$Exception{" + ServiceUnreachable.class.getName() + "}", "FA"),
            entry("$Exception{java.lang.Exception}", "UN"),
            entry("#root == null", "SU"));
  }

  @Test
  void anyFailureOfAStepHasTheSagaCompensated() {
    for (String step :
        List.of("RecordPayment", "UsePoints", "CompleteReservation", "CompletePayment")) {
      assertThat(task(step).getCatches())
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.getExceptions()).containsExactly("java.lang.Exception");
                assertThat(saga.getState(failure.getNext()).getType())
                    .isEqualTo(StateType.COMPENSATION_TRIGGER);
              });
    }
  }

  private TaskState task(String name) {
    return (TaskState) saga.getState(name);
  }
}

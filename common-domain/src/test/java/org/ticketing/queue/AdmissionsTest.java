package org.ticketing.queue;

import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

class AdmissionsTest {

  @Test
  void aFailureAtOneScheduleDoesNotStopTheOthers() {
    UUID failing = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    QueueService queues = mock();
    when(queues.schedulesWithSomebodyWaiting()).thenReturn(List.of(failing, other));
    doThrow(new CannotAcquireLockException("locked for too long")).when(queues).admitNext(failing);

    new Admissions(queues).admit();

    verify(queues).admitNext(other);
  }
}

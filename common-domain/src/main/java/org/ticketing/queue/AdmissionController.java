package org.ticketing.queue;

import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * A controller of its own, because Spring takes the path of one API for all APIs of a controller.
 */
@RestController
class AdmissionController implements AdmissionApi {

  private final QueueService queues;

  AdmissionController(QueueService queues) {
    this.queues = queues;
  }

  @Override
  public Admission admission(UUID userId, UUID scheduleId) {
    return new Admission(queues.isAdmitted(userId, scheduleId));
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void end(List<Ending> endings) {
    queues.end(endings);
  }
}

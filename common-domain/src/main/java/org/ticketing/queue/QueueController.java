package org.ticketing.queue;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.Caller;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

@RestController
class QueueController implements QueueApi {

  private final QueueService queues;
  private final JoiningQueue joining;

  QueueController(QueueService queues, JoiningQueue joining) {
    this.queues = queues;
    this.joining = joining;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public TokenView take(TokenRequest request) {
    return joining.take(Caller.userId(), request.scheduleId());
  }

  @Override
  public TokenView find(UUID tokenId) {
    TokenView token = queues.find(tokenId);
    if (!Caller.mayActFor(token.userId())) {
      throw new Refusal(Reason.NOT_YOUR_QUEUE_TOKEN, "Somebody else has this queue token.");
    }
    return token;
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void leave(UUID tokenId) {
    find(tokenId);
    queues.leave(tokenId);
  }
}

package org.ticketing.queue;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.concert.ConcertApi;
import org.ticketing.platform.Caller;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.Turnstile;

@RestController
class QueueController implements QueueApi {

  /**
   * Those who take a token of one schedule wait for each other in the database. A crowd waits here,
   * or it would keep every connection from everybody else.
   */
  private static final int TAKERS_AT_ONCE = 8;

  private final Turnstile takers = new Turnstile(TAKERS_AT_ONCE);
  private final QueueService queues;
  private final ConcertApi concerts;

  QueueController(QueueService queues, ConcertApi concerts) {
    this.queues = queues;
    this.concerts = concerts;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public TokenView take(TokenRequest request) {
    UUID userId = Caller.userId();
    if (!concerts.findSchedule(request.scheduleId()).onSale()) {
      throw new Refusal(Reason.NOT_ON_SALE, "Seats of this schedule are not on sale.");
    }
    return takers.pass(() -> queues.take(userId, request.scheduleId()));
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

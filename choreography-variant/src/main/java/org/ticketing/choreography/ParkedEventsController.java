package org.ticketing.choreography;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.choreography.ParkedEvents.Parked;
import org.ticketing.choreography.StandingApi.ParkedView;
import org.ticketing.platform.Paths;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/** The events that this process has parked, for operators. */
@RestController
@RequestMapping(Paths.OPERATIONS + "events/parked")
class ParkedEventsController {

  private final ParkedEvents parked;
  private final Replay replay;

  ParkedEventsController(ParkedEvents parked, Replay replay) {
    this.parked = parked;
    this.replay = replay;
  }

  /** The oldest first. */
  @GetMapping
  List<ParkedView> list(
      @RequestParam(name = "limit", defaultValue = "100") @Min(1) @Max(StandingApi.MOST)
          int limit) {
    return parked.all(limit).stream().map(StandingController::view).toList();
  }

  /**
   * Reacts to one of them. May be repeated.
   *
   * @throws ServiceUnavailable it has failed again, and stays parked
   */
  @PostMapping("/{number}/replays")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void replay(@PathVariable("number") long number) {
    Parked event =
        parked
            .find(number)
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.UNKNOWN_TRANSACTION, "There is no parked event " + number + "."));
    try {
      replay.replay(event);
    } catch (RuntimeException failure) {
      throw new ServiceUnavailable("It has failed again: " + failure, failure);
    }
  }
}

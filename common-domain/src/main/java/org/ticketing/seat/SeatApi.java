package org.ticketing.seat;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Seats: their layout, their price, and which of them are free. */
@HttpExchange
public interface SeatApi {

  /**
   * Adds sections to a schedule, all of them or none. Refused with {@code unknown-schedule}, {@code
   * layout-too-large} or, if one of the seats exists already, {@code seat-exists}.
   */
  @PostExchange("/schedules/{scheduleId}/seats")
  LayoutView layOut(@PathVariable("scheduleId") UUID scheduleId, @Valid @RequestBody Layout layout);

  /**
   * All seats of a schedule, or the free ones alone, by section, row and number. Which are free may
   * be a second old ({@code ticketing.seat.occupancy-cache-for}).
   */
  @GetExchange("/schedules/{scheduleId}/seats")
  List<SeatView> seats(
      @PathVariable("scheduleId") UUID scheduleId,
      @RequestParam(name = "free", defaultValue = "false") boolean onlyFree);

  /** Refused with {@code unknown-seat}. */
  @GetExchange("/seats/{seatId}")
  SeatPrice find(@PathVariable("seatId") UUID seatId);

  record Layout(@NotEmpty @Size(max = 100) List<@Valid Section> sections) {}

  /**
   * @param price in points
   */
  record Section(
      @Schema(example = "Stalls") @NotBlank @Size(max = 20) String name,
      @Schema(example = "A") @NotBlank @Size(max = 20) String grade,
      @Schema(example = "20") @Min(1) @Max(200) int rows,
      @Schema(example = "30") @Min(1) @Max(500) int seatsPerRow,
      @Schema(example = "120") @Min(1) @Max(1_000_000_000) long price) {

    int seats() {
      return rows * seatsPerRow;
    }
  }

  record LayoutView(UUID scheduleId, int seatsAdded) {}

  record SeatPrice(UUID id, UUID scheduleId, long price) {}

  record SeatView(
      UUID id, String section, int row, int number, String grade, long price, boolean free) {

    SeatView taken() {
      return new SeatView(id, section, row, number, grade, price, false);
    }
  }
}

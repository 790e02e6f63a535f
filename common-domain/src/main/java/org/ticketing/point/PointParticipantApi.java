package org.ticketing.point;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** {@link PointParticipant} over HTTP, for the coordinator of a payment alone. */
@HttpExchange("/protocol/points")
public interface PointParticipantApi {

  /** See {@link PointParticipant#use}. */
  @PostExchange("/uses")
  void use(@Valid @RequestBody PointUse use);

  /** See {@link PointParticipant#refund}. */
  @PostExchange("/refunds")
  void refund(@Valid @RequestBody PointRefund refund);

  record PointUse(@NotNull UUID paymentId, @NotNull UUID userId, @Min(1) long amount) {}

  record PointRefund(@NotNull UUID paymentId, @NotNull UUID userId) {}
}

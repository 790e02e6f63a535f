package org.ticketing.partner;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Partner platforms and what was delivered to them, for operators. Unknown ones are refused with
 * {@code unknown-partner}.
 */
@HttpExchange("/partners")
public interface PartnerApi {

  /**
   * Registers a partner, who is told of all sales from now on. Refused with {@code partner-exists}
   * if another has or had the name.
   */
  @PostExchange
  NewPartner register(@Valid @RequestBody PartnerDetails details);

  /**
   * By name.
   *
   * @param page counted from 0
   * @param size 1 to 100
   */
  @GetExchange
  List<PartnerView> list(
      @RequestParam(name = "page", defaultValue = "0") @Min(0) @Max(1_000_000) int page,
      @RequestParam(name = "size", defaultValue = "20") @Min(1) @Max(100) int size);

  @GetExchange("/{partnerId}")
  PartnerView find(@PathVariable("partnerId") UUID partnerId);

  /**
   * Ends a partner: nothing more is delivered to it, and its feed key is not accepted any more.
   * Idempotent.
   */
  @DeleteExchange("/{partnerId}")
  void end(@PathVariable("partnerId") UUID partnerId);

  /**
   * Resumes the deliveries of a parked partner. Idempotent. Refused with {@code partner-ended} once
   * the partner has been ended.
   */
  @PostExchange("/{partnerId}/resumptions")
  PartnerView resume(@PathVariable("partnerId") UUID partnerId);

  /**
   * The latest first.
   *
   * @param page counted from 0
   * @param size 1 to 100
   */
  @GetExchange("/{partnerId}/deliveries")
  List<DeliveryView> deliveries(
      @PathVariable("partnerId") UUID partnerId,
      @RequestParam(name = "page", defaultValue = "0") @Min(0) @Max(1_000_000) int page,
      @RequestParam(name = "size", defaultValue = "20") @Min(1) @Max(100) int size);

  /**
   * @param url where sales are posted to; http or https, absolute, without a user, and not on the
   *     machine or in the network of the service
   * @param secret signs what is posted; 16 to 200 characters
   */
  record PartnerDetails(
      @Schema(example = "Seats Everywhere") @NotBlank @Size(max = 100) @Pattern(regexp = PRINTABLE)
          String name,
      @Schema(example = "https://partner.example.org/sales") @NotNull URI url,
      @Schema(example = "sixteen characters or more")
          @NotNull
          @Size(min = 16, max = 200)
          @Pattern(regexp = PRINTABLE)
          String secret) {

    private static final String PRINTABLE = "\\P{Cntrl}*";

    @Override
    public String toString() {
      return "PartnerDetails of " + name;
    }
  }

  /**
   * @param feedKey lets the partner poll its feed; never told again
   */
  record NewPartner(UUID id, String name, URI url, String feedKey) {

    @Override
    public String toString() {
      return "NewPartner " + id;
    }
  }

  enum Status {
    ACTIVE,
    /** A delivery failed too often; an operator resumes it. */
    PARKED,
    ENDED
  }

  /**
   * @param pending deliveries not yet made
   * @param lastError why the delivery that is due failed last, else null
   */
  record PartnerView(
      UUID id, String name, URI url, Status status, long pending, int failures, String lastError) {}

  /**
   * @param number the number of the sale, which grows by one from sale to sale
   * @param deliveredAt null while pending
   */
  record DeliveryView(long number, UUID paymentId, Instant deliveredAt, int attempts) {}
}

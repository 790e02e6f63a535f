package org.ticketing.tcc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.point.PointParticipant;
import org.ticketing.reservation.ReservationParticipant;

/** The branches of this process, whichever participant it is. */
@RestController
class BranchController implements BranchApi {

  private final FenceRows fence;
  private final OpenBranches branches;
  private final Optional<PointParticipant> points;
  private final Optional<ReservationParticipant> reservations;

  /**
   * @param points in the point process
   * @param reservations in the reservation process
   */
  BranchController(
      FenceRows fence,
      OpenBranches branches,
      Optional<PointParticipant> points,
      Optional<ReservationParticipant> reservations) {
    this.fence = fence;
    this.branches = branches;
    this.points = points;
    this.reservations = reservations;
  }

  @Override
  public List<FenceRow> open(int limit) {
    return fence.open(limit);
  }

  @Override
  public Kept kept(String xid, UUID payment) {
    List<FenceRow> rows =
        xid == null && payment == null ? List.of() : fence.of(new TransactionKey(payment, xid));
    return new Kept(rows, payment != null && hasReserved(payment));
  }

  private boolean hasReserved(UUID payment) {
    return userOfReserved(payment).isPresent() || payingBy(payment).isPresent();
  }

  @Override
  public Ended end(Ending ending) {
    return end(branches.of(ending.xid()), ending.complete());
  }

  private Ended end(Set<Branch> open, boolean complete) {
    List<String> done = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (Branch branch : open) {
      try {
        branches.endWith(arguments(branch), branch, complete);
        done.add((complete ? "confirmed" : "cancelled") + " the branch of " + branch.action());
      } catch (RuntimeException failure) {
        failures.add(failure.toString());
      }
    }
    return new Ended(done, failures);
  }

  /** As long as a branch is open, what it has reserved is. */
  private Map<String, UUID> arguments(Branch branch) {
    UUID payment = branch.paymentId();
    return userOfReserved(payment)
        .map(user -> Map.of("userId", user))
        .or(() -> payingBy(payment).map(reservation -> Map.of("reservationId", reservation)))
        .orElse(Map.of());
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void suspend(Suspension suspension) {
    branches.suspend(suspension.xid(), suspension.suspended());
  }

  @Override
  public Ended release(Release release) {
    UUID payment = release.payment();
    Ended ended =
        release.xid() == null
            ? new Ended(new ArrayList<>(), List.of())
            : end(branches.of(release.xid()), false);
    if (ended.failures().isEmpty()) {
      userOfReserved(payment)
          .ifPresent(
              user -> {
                points.orElseThrow().release(payment, user);
                ended.done().add("released points");
              });
      payingBy(payment)
          .ifPresent(
              reservation -> {
                reservations.orElseThrow().release(payment, reservation);
                ended.done().add("released the reservation");
              });
    }
    return ended;
  }

  private Optional<UUID> userOfReserved(UUID payment) {
    return points.flatMap(participant -> participant.userOfReserved(payment));
  }

  private Optional<UUID> payingBy(UUID payment) {
    return reservations.flatMap(participant -> participant.payingBy(payment));
  }
}

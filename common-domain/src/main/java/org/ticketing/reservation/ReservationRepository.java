package org.ticketing.reservation;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.ticketing.reservation.ReservationApi.Status;

interface ReservationRepository extends JpaRepository<Reservation, UUID> {

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select r from Reservation r where r.id = :id")
  Optional<Reservation> lock(UUID id);

  List<Reservation> findByUserIdAndStatusInOrderByCreatedAtDescId(
      UUID userId, Collection<Status> statuses, Pageable page);

  @Query(
      """
      select r.seatId from Reservation r
      where r.scheduleId = :scheduleId
        and (r.status in (PAYING, CONFIRMED) or (r.status = HELD and r.heldUntil > :now))""")
  Set<UUID> occupiedSeats(UUID scheduleId, Instant now);

  /**
   * Passes over rows that a payment has locked, which under two-phase commit can be for long: it
   * will confirm them or leave them to the next sweep. An array, because PostgreSQL, which plans
   * before it knows how few they are, would join them to the whole table.
   */
  @Modifying
  @NativeQuery(
      """
      UPDATE reservation SET status = 'EXPIRED', version = version + 1
      WHERE id = ANY (ARRAY(
          SELECT id FROM reservation WHERE status = 'HELD' AND held_until <= :now
          FOR UPDATE SKIP LOCKED))""")
  int expireAll(Instant now);

  @Modifying
  @NativeQuery(
      """
      UPDATE reservation SET status = 'EXPIRED', version = version + 1
      WHERE id = ANY (ARRAY(
          SELECT id FROM reservation
          WHERE status = 'HELD' AND held_until <= :now AND seat_id = :seatId
          FOR UPDATE SKIP LOCKED))""")
  int expireOn(UUID seatId, Instant now);
}

package org.ticketing.reservation;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface ReservationRepository extends JpaRepository<Reservation, UUID> {

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select r from Reservation r where r.id = :id")
  Optional<Reservation> lock(UUID id);

  List<Reservation> findByUserIdOrderByCreatedAtDesc(UUID userId, Limit limit);

  @Query(
      """
      select r.seatId from Reservation r
      where r.scheduleId = :scheduleId
        and (r.status in (PAYING, CONFIRMED) or (r.status = HELD and r.heldUntil > :now))""")
  Set<UUID> occupiedSeats(UUID scheduleId, Instant now);

  @Modifying
  @Query(
      """
      update Reservation r set r.status = EXPIRED, r.version = r.version + 1
      where r.status = HELD and r.heldUntil <= :now""")
  int expireAll(Instant now);

  @Modifying
  @Query(
      """
      update Reservation r set r.status = EXPIRED, r.version = r.version + 1
      where r.status = HELD and r.heldUntil <= :now and r.seatId = :seatId""")
  int expireOn(UUID seatId, Instant now);
}

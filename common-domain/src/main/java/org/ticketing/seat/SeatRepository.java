package org.ticketing.seat;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface SeatRepository extends JpaRepository<Seat, UUID> {

  List<Seat> findByScheduleIdOrderBySectionAscRowAscNumberAsc(UUID scheduleId);
}

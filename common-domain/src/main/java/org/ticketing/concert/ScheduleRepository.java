package org.ticketing.concert;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

interface ScheduleRepository extends JpaRepository<Schedule, UUID> {

  @EntityGraph(attributePaths = "concert")
  List<Schedule> findByConcertIdOrderByStartsAt(UUID concertId);

  @Override
  @EntityGraph(attributePaths = "concert")
  Optional<Schedule> findById(UUID id);
}

package org.ticketing.concert;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface ConcertRepository extends JpaRepository<Concert, UUID> {

  @Query(
      """
      select c from Concert c
      where lower(c.title) like :pattern escape '\\'
        and (:anyDay = true or exists (
          select 1 from Schedule s
          where s.concert = c and s.cancelled = false and s.startsAt >= :begin and s.startsAt < :end))
      order by c.title, c.id""")
  List<Concert> search(String pattern, boolean anyDay, Instant begin, Instant end, Pageable page);
}

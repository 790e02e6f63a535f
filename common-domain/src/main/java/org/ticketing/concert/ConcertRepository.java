package org.ticketing.concert;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface ConcertRepository extends JpaRepository<Concert, UUID> {}

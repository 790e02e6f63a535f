package org.ticketing.point;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface PointHoldRepository extends JpaRepository<PointHold, UUID> {}

package org.ticketing.point;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

interface PointEntryRepository extends JpaRepository<PointEntry, Long> {

  Optional<PointEntry> findByUserIdAndChargeKey(UUID userId, String chargeKey);

  List<PointEntry> findByPaymentId(UUID paymentId);

  List<PointEntry> findByUserIdOrderByIdDesc(UUID userId, Pageable page);
}

package org.ticketing.payment;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

interface PaymentRepository extends JpaRepository<Payment, UUID> {

  Optional<Payment> findByUserIdAndIdempotencyKey(UUID userId, String idempotencyKey);

  List<Payment> findByUserIdOrderByRequestedAtDescId(UUID userId, Pageable page);
}

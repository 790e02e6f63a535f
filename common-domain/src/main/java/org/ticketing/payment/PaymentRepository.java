package org.ticketing.payment;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface PaymentRepository extends JpaRepository<Payment, UUID> {

  Optional<Payment> findByUserIdAndIdempotencyKey(UUID userId, String idempotencyKey);
}

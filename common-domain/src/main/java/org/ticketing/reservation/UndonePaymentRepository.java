package org.ticketing.reservation;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface UndonePaymentRepository extends JpaRepository<UndonePayment, UUID> {}

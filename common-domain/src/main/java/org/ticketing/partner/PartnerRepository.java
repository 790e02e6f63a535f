package org.ticketing.partner;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.ticketing.partner.PartnerApi.Status;

interface PartnerRepository extends JpaRepository<Partner, UUID> {

  List<Partner> findByOrderByName(Pageable page);

  Optional<Partner> findByFeedKeyHashAndStatusNot(String feedKeyHash, Status status);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select p from Partner p where p.id = :id")
  Optional<Partner> lock(UUID id);

  /** The partner whose job this is; none if the job has been overtaken by events. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select p from Partner p where p.activation = :activation")
  Optional<Partner> lockActivated(UUID activation);

  /** In the order of their ids, so that two who lock them do not wait for each other. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select p from Partner p where p.status <> ENDED order by p.id")
  List<Partner> lockAllNotEnded();
}

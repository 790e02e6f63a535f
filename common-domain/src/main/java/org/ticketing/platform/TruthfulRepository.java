package org.ticketing.platform;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.jpa.repository.support.JpaEntityInformation;
import org.springframework.data.jpa.repository.support.SimpleJpaRepository;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/**
 * Never answers that there is nothing because it could not look: when the connection breaks,
 * Hibernate's {@code find} logs that, marks the transaction for rollback and returns null
 * (HHH-12472). Whoever believes it refuses what is there, and a branch of a global transaction,
 * which rolls back later, gets as far as telling so.
 */
class TruthfulRepository<T, I> extends SimpleJpaRepository<T, I> {

  TruthfulRepository(JpaEntityInformation<T, ?> entity, EntityManager entities) {
    super(entity, entities);
  }

  /**
   * @throws DataAccessResourceFailureException the database could not be asked
   */
  @Override
  public Optional<T> findById(I id) {
    Optional<T> found = super.findById(id);
    if (found.isEmpty() && TransactionAspectSupport.currentTransactionStatus().isRollbackOnly()) {
      throw new DataAccessResourceFailureException("The database could not be asked for " + id);
    }
    return found;
  }
}

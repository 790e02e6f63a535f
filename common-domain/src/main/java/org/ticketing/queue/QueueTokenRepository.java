package org.ticketing.queue;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

/**
 * Statuses are literals, because a partial index serves no parameter. Rows to update are found as
 * an array, because PostgreSQL, which plans before it knows how few they are, would join them to
 * the whole table.
 */
interface QueueTokenRepository extends JpaRepository<QueueToken, UUID> {

  /** With its queue as the same moment knows it, so that the rank of one who waits is 1 or more. */
  @Query("select t from QueueToken t join fetch t.queue where t.id = :id")
  Optional<QueueToken> find(UUID id);

  @Query(
      """
      select t from QueueToken t join fetch t.queue
      where t.userId = :userId and t.queue.scheduleId = :scheduleId
        and t.status in (WAITING, ACTIVE) and (t.activeUntil is null or t.activeUntil > :now)""")
  Optional<QueueToken> findLive(UUID userId, UUID scheduleId, Instant now);

  @NativeQuery(
      """
      SELECT EXISTS (SELECT FROM queue_token
                     WHERE user_id = :userId AND schedule_id = :scheduleId
                       AND status = 'ACTIVE' AND active_until > :now)""")
  boolean isAdmitted(UUID userId, UUID scheduleId, Instant now);

  @NativeQuery(
      """
      SELECT count(*) FROM (SELECT FROM queue_token
                            WHERE schedule_id = :scheduleId
                              AND status = 'ACTIVE' AND active_until > :now
                            LIMIT :atMost) AS active""")
  int countActive(UUID scheduleId, Instant now, int atMost);

  /**
   * Passes over one that is being left; if that fails, its turn comes next.
   *
   * @param after nobody up to this number waits: where the index would only lead to rows that are
   *     dead and not vacuumed yet
   */
  @Modifying
  @NativeQuery(
      """
      UPDATE queue_token SET status = 'ACTIVE', active_until = :until, version = version + 1
      WHERE id = ANY (ARRAY(
          SELECT id FROM queue_token
          WHERE schedule_id = :scheduleId AND status = 'WAITING' AND number > :after
          ORDER BY number LIMIT :places
          FOR UPDATE SKIP LOCKED))""")
  int admitNext(UUID scheduleId, long after, int places, Instant until);

  @Modifying
  @NativeQuery(
      """
      UPDATE queue_token SET status = 'EXPIRED', version = version + 1
      WHERE id = ANY (ARRAY(
          SELECT id FROM queue_token WHERE status = 'ACTIVE' AND active_until <= :now
          FOR UPDATE SKIP LOCKED))""")
  int expireAll(Instant now);

  @Modifying
  @NativeQuery(
      """
      UPDATE queue_token SET status = 'EXPIRED', version = version + 1
      WHERE user_id = :userId AND schedule_id = :scheduleId
        AND status = 'ACTIVE' AND active_until <= :now""")
  void expireOf(UUID userId, UUID scheduleId, Instant now);

  @Modifying
  @NativeQuery(
      """
      UPDATE queue_token SET status = 'LEFT', version = version + 1
      WHERE id = :id AND status IN ('WAITING', 'ACTIVE')""")
  void leave(UUID id);

  @Modifying
  @NativeQuery(
      """
      UPDATE queue_token SET status = 'USED', version = version + 1
      WHERE user_id = :userId AND schedule_id = :scheduleId AND status IN ('WAITING', 'ACTIVE')
        AND issued_at <= :paidAt""")
  void end(UUID userId, UUID scheduleId, Instant paidAt);
}

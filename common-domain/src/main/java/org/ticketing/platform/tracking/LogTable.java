package org.ticketing.platform.tracking;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;

/**
 * The table of the log, in the database of the process. It is written on connections of its own,
 * outside of any branch or other transaction, and read without waiting for a lock.
 *
 * <p>A row holds all entries of one transaction that were written at the same time, which for most
 * payments are all that a process has: so a payment costs a row and not a dozen. An entry may be
 * written twice, if the connection broke while it was committed, and is then read once.
 */
public final class LogTable {

  /** Where a reader is: behind that many entries of a row. */
  public record Position(long row, int entries) {

    static final Position BEGIN = new Position(0, 0);
  }

  /**
   * @param next behind the last entry; null if there is none
   */
  public record Page(List<LogEntry> entries, Position next) {}

  /**
   * A transaction whose begin is in the log, and whose end is not.
   *
   * @param xid null if its row has none
   * @param cause of its begin
   */
  public record Begun(UUID payment, String xid, Instant at, String cause) {}

  /** A row that is read. */
  private record StoredRow(long id, List<LogEntry> entries) {}

  private static final int ROWS_A_STATEMENT = 500;
  private static final int COLUMNS = 9;

  /** Old rows are removed in such portions, each in a transaction of its own. */
  private static final int PORTION = 1000;

  private static final Duration REMOVAL_INTERVAL = Duration.ofMinutes(1);

  private final DataSource database;
  private final JdbcClient jdbc;
  private final Function<UUID, Object> ids;
  private final Clock clock;
  private final LogSettings settings;
  private Instant nextRemoval = Instant.MIN;

  /**
   * @param ids converts ids to what the database stores
   */
  public LogTable(
      DataSource database, Function<UUID, Object> ids, Clock clock, LogSettings settings) {
    this.database = database;
    this.jdbc = JdbcClient.create(database);
    this.ids = ids;
    this.clock = clock;
    this.settings = settings;
  }

  /** Whether the values are to blame, so that trying again does not help. */
  static boolean isUnstorable(Exception failure) {
    return !(failure instanceof SQLException sql)
        || sql.getSQLState() != null
            && (sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("23"));
  }

  /** Adds all of them or none. */
  void add(List<LogRow> rows) throws SQLException {
    inTurn(
        connection -> {
          for (int from = 0; from < rows.size(); from += ROWS_A_STATEMENT) {
            insert(connection, rows.subList(from, Math.min(rows.size(), from + ROWS_A_STATEMENT)));
          }
          return null;
        });
  }

  private void insert(Connection connection, List<LogRow> rows) throws SQLException {
    String values = String.join(", ", Collections.nCopies(rows.size(), "(?,?,?,?,?,?,?,?,?)"));
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO transaction_log
              (payment_id, xid, service, instance, first_at, last_at, begun, ended, entries)
            VALUES """
                + " "
                + values)) {
      for (int row = 0; row < rows.size(); row++) {
        set(insert, row * COLUMNS, rows.get(row));
      }
      insert.executeUpdate();
    }
  }

  private void set(PreparedStatement insert, int before, LogRow row) throws SQLException {
    UUID payment = row.transaction().payment();
    insert.setObject(before + 1, payment == null ? null : ids.apply(payment));
    insert.setString(before + 2, row.transaction().xid());
    insert.setString(before + 3, settings.service());
    insert.setString(before + 4, settings.instance());
    insert.setObject(before + 5, row.firstAt().atOffset(ZoneOffset.UTC));
    insert.setObject(before + 6, row.lastAt().atOffset(ZoneOffset.UTC));
    insert.setBoolean(before + 7, row.isBegun());
    insert.setBoolean(before + 8, row.isEnded());
    insert.setString(before + 9, EntriesJson.of(row.entries()));
  }

  /** What is done in a transaction. */
  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /**
   * Works in a transaction of its own, one writer after the other. After a failure, closing the
   * connection rolls it back.
   */
  private <T> T inTurn(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
          // The server does not force its log for this. It does so within a second anyway.
          statement.execute("SET LOCAL synchronous_commit TO OFF");
        }
        statement.execute("SELECT only_row FROM transaction_log_writer FOR UPDATE");
        T done = work.with(connection);
        connection.commit();
        return done;
      }
    }
  }

  /**
   * Removes rows that are older than the retention, if it is time to: a portion, and the next with
   * the next call if there are more.
   */
  void removeOld() throws SQLException {
    Instant now = clock.instant();
    if (now.isBefore(nextRemoval)) {
      return;
    }
    Instant keptSince = now.minus(settings.retention());
    boolean more = inTurn(connection -> removeBefore(keptSince, connection));
    if (!more) {
      nextRemoval = now.plus(REMOVAL_INTERVAL);
    }
  }

  /** By primary key: rows come in the order of their numbers, which is almost that of time. */
  private static boolean removeBefore(Instant keptSince, Connection connection)
      throws SQLException {
    List<Long> old = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, last_at FROM transaction_log ORDER BY id LIMIT " + PORTION)) {
      ResultSet rows = query.executeQuery();
      while (rows.next() && rows.getTimestamp(2).toInstant().isBefore(keptSince)) {
        old.add(rows.getLong(1));
      }
    }
    if (old.isEmpty()) {
      return false;
    }
    try (PreparedStatement removal =
            connection.prepareStatement("DELETE FROM transaction_log WHERE id <= ?");
        PreparedStatement note =
            connection.prepareStatement("UPDATE transaction_log_writer SET kept_since = ?")) {
      removal.setLong(1, old.get(old.size() - 1));
      removal.executeUpdate();
      note.setObject(1, keptSince.atOffset(ZoneOffset.UTC));
      note.executeUpdate();
    }
    return old.size() == PORTION;
  }

  /** Before then, entries were removed; null if none were. */
  public Instant keptSince() {
    return jdbc.sql("SELECT kept_since FROM transaction_log_writer")
        .query((row, number) -> instant(row.getTimestamp("kept_since")))
        .optional()
        .orElse(null);
  }

  private static Instant instant(Timestamp time) {
    return time == null ? null : time.toInstant();
  }

  /**
   * The entries of this service, from any of its instances, in the order in which they were
   * written.
   *
   * @param transaction null for those of all transactions
   * @param after null to begin at the begin
   */
  public Page read(TransactionKey transaction, Position after, int size) {
    Position from = after == null ? Position.BEGIN : after;
    return page(
        transaction == null ? rows(from, size) : rowsOf(transaction, from, size), from, size);
  }

  private static Page page(List<StoredRow> rows, Position from, int size) {
    Set<LogEntry> entries = new LinkedHashSet<>();
    Position next = null;
    for (StoredRow row : rows) {
      int index = row.id() == from.row() ? from.entries() : 0;
      while (index < row.entries().size() && entries.size() < size) {
        entries.add(row.entries().get(index++));
        next = new Position(row.id(), index);
      }
    }
    return new Page(List.copyOf(entries), next);
  }

  /** One more than what is asked for, because the first may be read already. */
  private List<StoredRow> rows(Position from, int size) {
    return jdbc.sql(
            """
            SELECT id, payment_id, xid, instance, entries FROM transaction_log
            WHERE id >= :row AND service = :service ORDER BY id LIMIT :limit""")
        .param("row", from.row())
        .param("service", settings.service())
        .param("limit", size + 1)
        .query(this::row)
        .list();
  }

  private List<StoredRow> rowsOf(TransactionKey transaction, Position from, int size) {
    Set<UUID> payments = new HashSet<>();
    Set<String> xids = new HashSet<>();
    if (transaction.payment() != null) {
      payments.add(transaction.payment());
      xids.addAll(xidsOf(transaction.payment()));
    }
    if (transaction.xid() != null) {
      xids.add(transaction.xid());
      payments.addAll(paymentsOf(transaction.xid()));
    }
    List<String> found = new ArrayList<>();
    if (!payments.isEmpty()) {
      found.add("SELECT id FROM transaction_log WHERE payment_id IN (:payments)");
    }
    if (!xids.isEmpty()) {
      found.add("SELECT id FROM transaction_log WHERE xid IN (:xids)");
    }
    JdbcClient.StatementSpec query =
        jdbc.sql(
                """
                SELECT id, payment_id, xid, instance, entries
                FROM transaction_log JOIN (%s) AS found USING (id)
                WHERE id >= :row AND service = :service ORDER BY id LIMIT :limit"""
                    .formatted(String.join(" UNION ", found)))
            .param("row", from.row())
            .param("service", settings.service())
            .param("limit", size + 1);
    if (!payments.isEmpty()) {
      query.param("payments", payments.stream().map(ids).toList());
    }
    if (!xids.isEmpty()) {
      query.param("xids", xids);
    }
    return query.query(this::row).list();
  }

  private StoredRow row(ResultSet row, int number) throws SQLException {
    var origin =
        new EntriesJson.Origin(
            settings.service(),
            row.getString("instance"),
            new TransactionKey(id(row), row.getString("xid")));
    return new StoredRow(row.getLong("id"), EntriesJson.read(row.getString("entries"), origin));
  }

  private static UUID id(ResultSet row) throws SQLException {
    String id = row.getString("payment_id");
    return id == null ? null : UUID.fromString(id);
  }

  /** Completes a key by what the log knows. */
  public TransactionKey completed(TransactionKey known) {
    if (known.payment() == null) {
      return new TransactionKey(
          paymentsOf(known.xid()).stream().findFirst().orElse(null), known.xid());
    }
    return known.xid() == null
        ? new TransactionKey(
            known.payment(), xidsOf(known.payment()).stream().findFirst().orElse(null))
        : known;
  }

  private List<UUID> paymentsOf(String xid) {
    return jdbc.sql(
            """
            SELECT DISTINCT payment_id FROM transaction_log
            WHERE xid = :xid AND payment_id IS NOT NULL""")
        .param("xid", xid)
        .query((row, number) -> id(row))
        .list();
  }

  private List<String> xidsOf(UUID payment) {
    return jdbc.sql(
            """
            SELECT DISTINCT xid FROM transaction_log
            WHERE payment_id = :payment AND xid IS NOT NULL""")
        .param("payment", ids.apply(payment))
        .query(String.class)
        .list();
  }

  /** The Xids of these payments, as far as the log knows them. */
  public Map<UUID, String> xidsOf(Collection<UUID> payments) {
    Map<UUID, String> xids = new HashMap<>();
    if (!payments.isEmpty()) {
      jdbc.sql(
              """
              SELECT payment_id, xid FROM transaction_log
              WHERE payment_id IN (:payments) AND xid IS NOT NULL""")
          .param("payments", payments.stream().map(ids).toList())
          .query(
              row -> {
                xids.put(id(row), row.getString("xid"));
              });
    }
    return xids;
  }

  /** The payments of these Xids, as far as the log knows them. */
  public Map<String, UUID> paymentsOf(Collection<String> xids) {
    Map<String, UUID> payments = new HashMap<>();
    if (!xids.isEmpty()) {
      jdbc.sql(
              """
              SELECT payment_id, xid FROM transaction_log
              WHERE xid IN (:xids) AND payment_id IS NOT NULL""")
          .param("xids", xids)
          .query(
              row -> {
                payments.put(row.getString("xid"), id(row));
              });
    }
    return payments;
  }

  /** The begin of that payment, if the log has it and not its end. */
  public Optional<Begun> begun(UUID payment) {
    return begun("opening.payment_id = :payment", Map.of("payment", ids.apply(payment)), 1).stream()
        .findFirst();
  }

  /**
   * The transactions of this service that have begun since then, and whose end is not in the log:
   * they are under way, or their process has died; the latest first.
   *
   * @param limit the most to return
   */
  public List<Begun> begunSince(Instant since, int limit) {
    return begun(
        "NOT opening.ended AND opening.first_at >= :since",
        Map.of("since", since.atOffset(ZoneOffset.UTC)),
        limit);
  }

  private List<Begun> begun(String condition, Map<String, ?> parameters, int limit) {
    return jdbc
        .sql(
            """
            SELECT 0 AS id, opening.payment_id, opening.xid, opening.instance, opening.entries
            FROM transaction_log AS opening
            WHERE opening.begun AND %s AND opening.service = :service
              AND NOT EXISTS (
                SELECT 1 FROM transaction_log AS later
                WHERE later.payment_id = opening.payment_id AND later.ended)
            ORDER BY opening.first_at DESC LIMIT :limit"""
                .formatted(condition))
        .params(parameters)
        .param("service", settings.service())
        .param("limit", limit)
        .query(this::row)
        .list()
        .stream()
        .map(LogTable::begin)
        .filter(Objects::nonNull)
        .toList();
  }

  private static Begun begin(StoredRow row) {
    return row.entries().stream()
        .filter(entry -> entry.payment() != null)
        .filter(entry -> entry.from() == null && entry.to() == TransactionState.WORKING)
        .findFirst()
        .map(entry -> new Begun(entry.payment(), entry.xid(), entry.at(), entry.cause()))
        .orElse(null);
  }
}

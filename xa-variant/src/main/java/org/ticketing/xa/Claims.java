package org.ticketing.xa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.ticketing.xa.CoordinatorSettings.Log;

/** The coordinators that have this process's database as their own, and the claims on them. */
class Claims {

  /**
   * Longer than the database takes to notice that a process has vanished with its host, and than
   * another process keeps the claim of one that was absent.
   */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Of a name that ends in a star. Their numbers have to fit into the name. */
  private static final int MOST = 99;

  private final XaDatabase database;

  Claims(XaDatabase database) {
    this.database = database;
  }

  /**
   * Makes this process the coordinator of the configured name, or of the first one that is free of
   * those that the name stands for. Registers the coordinator if the name is new.
   *
   * @throws InvalidConfigurationPropertyValueException another process is this coordinator, or its
   *     decisions are in another log; the message is one line that says what to do
   */
  Claim take(CoordinatorSettings settings) throws SQLException {
    return settings.isNumbered() ? takeFirst(settings) : take(settings, PATIENCE);
  }

  Claim take(CoordinatorSettings settings, Duration patience) throws SQLException {
    RegisteredCoordinator coordinator = registered(settings.name(), settings);
    Optional<Claim> claim = Claim.take(database, coordinator, patience);
    return claim.orElseThrow(() -> held(coordinator));
  }

  /** Of processes that start at the same moment, the claim itself lets one have a name. */
  private Claim takeFirst(CoordinatorSettings settings) throws SQLException {
    if (settings.log() != Log.OWN) {
      throw invalid(
          "name",
          settings.name(),
          "with the log '%s' every process needs a name and a log directory of its own"
              .formatted(id(settings.log())));
    }
    for (int number = 1; number <= MOST; number++) {
      RegisteredCoordinator next = registered(settings.numbered(number), settings);
      Optional<Claim> claim = Claim.take(database, next, Duration.ZERO);
      if (claim.isPresent()) {
        return claim.get();
      }
    }
    throw invalid(
        "name",
        settings.name(),
        "%d processes are %s to %s already; choose another name for more"
            .formatted(MOST, settings.numbered(1), settings.numbered(MOST)));
  }

  private RegisteredCoordinator registered(String name, CoordinatorSettings settings)
      throws SQLException {
    CoordinatorId offered =
        settings.log() == Log.OWN
            ? CoordinatorId.create(name)
            : new LogDirectory(settings.logDirectory()).ownerOrNew(name);
    if (!offered.name().equals(name)) {
      throw unusable(
          settings,
          "it has the log of %s; choose another directory, or that name".formatted(offered));
    }
    RegisteredCoordinator coordinator = register(offered, settings.log());
    if (coordinator.log() != settings.log()) {
      throw invalid(
          "log",
          id(settings.log()),
          "coordinator '%s' has its decisions in the log '%s'; choose that one, or another %s"
              .formatted(name, id(coordinator.log()), property("name")));
    }
    if (settings.log() == Log.ATOMIKOS && !coordinator.id().equals(offered)) {
      throw unusable(
          settings,
          "it has the log of %s instead of %s; bring that back, or choose another %s"
              .formatted(offered, coordinator.id(), property("name")));
    }
    return coordinator;
  }

  private RegisteredCoordinator register(CoordinatorId offered, Log log) throws SQLException {
    try (Connection connection = database.connectOutsideOfThePool();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO protocol.coordinator (name, identity, log) VALUES (?, ?, ?)
                ON CONFLICT (name) DO NOTHING""")) {
      insert.setString(1, offered.name());
      insert.setString(2, offered.identity());
      insert.setString(3, log.name());
      insert.executeUpdate();
      return find(offered.name(), connection)
          .orElseThrow(() -> new SQLException("coordinator " + offered + " was not registered"));
    }
  }

  /** Returns the coordinator if this database is its own. */
  Optional<RegisteredCoordinator> find(CoordinatorId id) throws SQLException {
    try (Connection connection = database.connectOutsideOfThePool()) {
      return find(id.name(), connection).filter(coordinator -> coordinator.id().equals(id));
    }
  }

  private static Optional<RegisteredCoordinator> find(String name, Connection connection)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT number, identity, log FROM protocol.coordinator WHERE name = ?")) {
      query.setString(1, name);
      ResultSet row = query.executeQuery();
      return row.next()
          ? Optional.of(
              new RegisteredCoordinator(
                  row.getInt(1),
                  new CoordinatorId(name, row.getString(2)),
                  Log.valueOf(row.getString(3))))
          : Optional.empty();
    }
  }

  /**
   * Returns all coordinators that have this database as their own, with whether a process has the
   * claim now.
   */
  List<CoordinatorState> states() throws SQLException {
    try (Connection connection = database.connectOutsideOfThePool();
        PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT number, name, identity, log, epoch,
                  number IN (
                    SELECT objid::int FROM pg_locks
                    WHERE locktype = 'advisory' AND granted
                      AND database =
                        (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND classid = 'protocol.coordinator'::regclass) AS runs,
                  EXISTS (
                    SELECT 1 FROM protocol.decision
                    WHERE decision.coordinator = number AND committed) AS has_decisions
                FROM protocol.coordinator""")) {
      ResultSet rows = query.executeQuery();
      List<CoordinatorState> states = new ArrayList<>();
      while (rows.next()) {
        states.add(
            new CoordinatorState(
                new RegisteredCoordinator(
                    rows.getInt("number"),
                    new CoordinatorId(rows.getString("name"), rows.getString("identity")),
                    Log.valueOf(rows.getString("log"))),
                rows.getInt("epoch"),
                rows.getBoolean("runs"),
                rows.getBoolean("has_decisions")));
      }
      return states;
    }
  }

  /**
   * Takes the claim of a coordinator that runs nowhere.
   *
   * @return empty if it does run
   */
  Optional<Claim> takeOver(RegisteredCoordinator absent) throws SQLException {
    return Claim.take(database, absent, Duration.ZERO);
  }

  private InvalidConfigurationPropertyValueException held(RegisteredCoordinator coordinator) {
    return invalid(
        "name",
        coordinator.id().name(),
        "another process is this coordinator%s; end that process, or give this one another name"
            .formatted(holder(coordinator)));
  }

  /** Returns from where and since when the process that has the claim is connected. */
  private String holder(RegisteredCoordinator coordinator) {
    try (Connection connection = database.connectOutsideOfThePool();
        PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT coalesce(host(client_addr), 'its own host'), backend_start::timestamptz(0)
                FROM pg_locks JOIN pg_stat_activity USING (pid)
                WHERE locktype = 'advisory' AND granted AND datname = current_database()
                  AND classid = 'protocol.coordinator'::regclass AND objid::int = ?""")) {
      query.setInt(1, coordinator.number());
      ResultSet row = query.executeQuery();
      return row.next()
          ? ", connected to the database from %s since %s"
              .formatted(row.getString(1), row.getString(2))
          : "";
    } catch (SQLException unknown) {
      return "";
    }
  }

  private static InvalidConfigurationPropertyValueException unusable(
      CoordinatorSettings settings, String reason) {
    return invalid("log-directory", settings.logDirectory(), reason);
  }

  private static InvalidConfigurationPropertyValueException invalid(
      String property, Object value, String reason) {
    return new InvalidConfigurationPropertyValueException(property(property), value, reason);
  }

  private static String property(String name) {
    return "ticketing.xa.coordinator." + name;
  }

  private static String id(Log log) {
    return log.name().toLowerCase(Locale.ROOT);
  }
}

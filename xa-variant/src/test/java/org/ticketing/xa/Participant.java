package org.ticketing.xa;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.web.client.RestClient;
import org.ticketing.point.PointParticipantApi;
import org.ticketing.point.PointParticipantApi.PointUse;
import org.ticketing.reservation.ReservationParticipantApi;
import org.ticketing.reservation.ReservationParticipantApi.ReservationCompletion;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Database;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.verification.contract.Shop;

/** The participants that are reached over HTTP, and the work that tests ask of them. */
enum Participant {
  POINT {
    @Override
    Work work(RunningSystem system) {
      UUID user = new Shop(system).customerWithPoints(Shop.PRICE).id();
      return use(system, user, Shop.PRICE);
    }

    @Override
    Work refusedWork(RunningSystem system) {
      UUID user = new Shop(system).customerWithPoints(Shop.PRICE).id();
      return use(system, user, Shop.PRICE + 1);
    }

    private Work use(RunningSystem system, UUID user, long amount) {
      UUID payment = UUID.randomUUID();
      return new Work(
          this,
          system,
          "SELECT 1 FROM point_entry WHERE payment_id = '%s'".formatted(payment),
          "SELECT 1 FROM wallet WHERE user_id = '%s' FOR UPDATE SKIP LOCKED".formatted(user),
          enlistment ->
              client(system, enlistment, PointParticipantApi.class)
                  .use(new PointUse(payment, user, amount)));
    }
  },

  RESERVATION {
    @Override
    Work work(RunningSystem system) {
      var shop = new Shop(system);
      return complete(system, shop.reservationOf(shop.customerWithPoints(0)));
    }

    @Override
    Work refusedWork(RunningSystem system) {
      return complete(system, UUID.randomUUID());
    }

    private Work complete(RunningSystem system, UUID reservation) {
      UUID payment = UUID.randomUUID();
      return new Work(
          this,
          system,
          "SELECT 1 FROM reservation.reservation WHERE payment_id = '%s'".formatted(payment),
          "SELECT 1 FROM reservation.reservation WHERE id = '%s' FOR UPDATE SKIP LOCKED"
              .formatted(reservation),
          enlistment ->
              client(system, enlistment, ReservationParticipantApi.class)
                  .complete(reservation, new ReservationCompletion(payment, null)));
    }
  };

  abstract Work work(RunningSystem system);

  /** Refused by a rule of the service. */
  abstract Work refusedWork(RunningSystem system);

  String service() {
    return name().toLowerCase(Locale.ROOT);
  }

  DatabaseServer server(RunningSystem system) {
    return this == POINT ? system.stack().mysql() : system.stack().postgres();
  }

  BranchApi branches(RunningSystem system) {
    return Apis.client(system.asService(service()), BranchApi.class);
  }

  /** Returns how many transactions wait for a lock. */
  int waiting(RunningSystem system) {
    String sql =
        this == POINT
            ? "SELECT count(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'"
            : "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    return Integer.parseInt(new Database(server(system).admin()).query(sql).get(0));
  }

  /** Has the database server end the participant's connections. */
  void killConnections(RunningSystem system) {
    if (this == POINT) {
      var server = new Database(server(system).admin());
      server
          .query("SELECT id FROM information_schema.processlist WHERE id <> connection_id()")
          .forEach(id -> server.query("KILL CONNECTION " + id));
    } else {
      system.database(service()).endConnectionsWhere("true");
    }
  }

  /**
   * @param enlistment null for none
   */
  <T> T client(RunningSystem system, Enlistment enlistment, Class<T> api) {
    RestClient.Builder service = system.asService(service());
    return Apis.client(
        enlistment == null ? service : service.defaultHeaders(enlistment::addTo), api);
  }

  /**
   * A piece of work.
   *
   * @param trace finds a row in the database once the work is committed
   * @param lockedRow finds a row in the database unless the work has locked it
   * @param call asks the participant for the work
   */
  record Work(
      Participant participant,
      RunningSystem system,
      String trace,
      String lockedRow,
      Consumer<Enlistment> call) {

    void start(BranchXid branch) {
      call.accept(Enlistment.start(branch));
    }

    void join(BranchXid branch) {
      call.accept(Enlistment.join(branch));
    }

    void doWithoutBranch() {
      call.accept(null);
    }

    boolean isDone() {
      return !query(trace).isEmpty();
    }

    boolean keepsOthersWaiting() {
      return query(lockedRow).isEmpty();
    }

    private List<String> query(String sql) {
      return system.database(participant.service()).query(sql);
    }
  }
}

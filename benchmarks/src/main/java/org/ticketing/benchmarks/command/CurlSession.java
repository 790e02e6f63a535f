package org.ticketing.benchmarks.command;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

/** A ticket bought from beginning to end, as shell commands that work as printed. */
final class CurlSession {

  private CurlSession() {}

  /**
   * @param urls the base URL of a service by its name
   */
  static String on(UnaryOperator<String> urls) {
    Instant nextYear = Instant.now().plus(365, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
    return """
        post() { curl -sS -H 'Content-Type: application/json' -H "Idempotency-Key: $(date +%%s%%N)" -d "$2" "$1"; }
        id() { sed 's/^\\[*{"[a-zA-Z]*[iI]d":"\\([^"]*\\)".*/\\1/'; }

        concert=$(post %2$s/concerts '{"title":"The Two Generals","description":"On tour."}' | id)
        schedule=$(post %2$s/concerts/$concert/schedules '{"venue":"City Hall","startsAt":"%7$s"}' | id)
        post %3$s/schedules/$schedule/seats '{"sections":[{"name":"Stalls","grade":"A","rows":2,"seatsPerRow":10,"price":120}]}'; echo
        seat=$(curl -sS "%3$s/schedules/$schedule/seats?free=true" | id)

        user=$(post %1$s/users '{"email":"ann'$(date +%%s%%N)'@example.org","name":"Ann"}' | id)
        post %5$s/wallets/$user/charges '{"amount":1000}'; echo
        reservation=$(post %4$s/reservations '{"userId":"'$user'","seatId":"'$seat'"}' | id)
        payment=$(post %6$s/payments '{"userId":"'$user'","reservationId":"'$reservation'"}' | id)

        curl -sS %6$s/payments/$payment; echo
        curl -sS %5$s/wallets/$user; echo
        curl -sS %4$s/reservations/$reservation; echo
        """
        .formatted(
            urls.apply("user"),
            urls.apply("concert"),
            urls.apply("seat"),
            urls.apply("reservation"),
            urls.apply("point"),
            urls.apply("payment"),
            nextYear);
  }
}

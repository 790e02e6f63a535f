package org.ticketing.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ticketing.stack.system.SystemKeys;

/** A ticket bought from beginning to end, as shell commands that work as printed. */
final class CurlSession {

  private static final String SCRIPT =
      """
      call() { curl -sS -X "$1" -H 'Content-Type: application/json' -H "Authorization: Bearer $as" \\
        -H "Idempotency-Key: $(date +%s%N)" ${3:+-d "$3"} "$2"; }
      get() { sed 's/.*"'$1'":"*\\([^",}]*\\).*/\\1/'; }
      first() { sed 's/},.*//' | get id; }
      login() { curl -sS -H 'Content-Type: application/json' -d '{"email":"'"$1"'","password":"'"$2"'"}' $USER/login | get token; }

      # the operator plans a concert and lets a partner know of its sales
      as=$(login $OPERATOR $OPERATOR_PASSWORD)
      concert=$(call POST $CONCERT/concerts '{"title":"The Two Generals","description":"On tour."}' | get id)
      schedule=$(call POST $CONCERT/concerts/$concert/schedules '{"venue":"City Hall","startsAt":"$NEXT_YEAR"}' | get id)
      call POST $SEAT/schedules/$schedule/seats '{"sections":[{"name":"Stalls","grade":"A","rows":2,"seatsPerRow":10,"price":120}]}'; echo
      partner=$(call POST $PARTNER/partners '{"name":"Partner '$(date +%s)'","url":"$PARTNER_URL","secret":"$PARTNER_SECRET"}')
      operator=$as

      # Ann registers, signs in and charges her wallet
      email=ann$(date +%s%N)@example.org
      user=$(curl -sS -H 'Content-Type: application/json' -d '{"email":"'$email'","name":"Ann","password":"correct horse"}' $USER/users | get id)
      as=$(login $email 'correct horse')
      call POST $POINT/wallets/$user/charges '{"amount":1000}'; echo

      # she waits in the queue, reserves the first free seat and pays
      token=$(call POST $QUEUE/queue-tokens '{"scheduleId":"'$schedule'"}' | get id)
      until call GET $QUEUE/queue-tokens/$token | grep -q '"status":"ACTIVE"'; do sleep 1; done
      seat=$(call GET "$SEAT/schedules/$schedule/seats?free=true" | first)
      reservation=$(call POST $RESERVATION/reservations '{"seatId":"'$seat'"}' | get id)
      payment=$(call POST $PAYMENT/payments '{"reservationId":"'$reservation'"}' | get paymentId)
      call GET $PAYMENT/payments/$payment; echo
      call GET $POINT/wallets/$user; echo
      call GET $RESERVATION/reservations/$reservation; echo

      # the partner was told, and can ask itself
      as=$operator
      until call GET $PARTNER/partners/$(echo $partner | get id)/deliveries | grep '"deliveredAt":"'; do sleep 1; done; echo
      curl -sS -H "Partner-Key: $(echo $partner | get feedKey)" $PARTNER/partner-feed; echo
      """;

  private CurlSession() {}

  /**
   * @param urls the base URL of a service by its name
   * @param partnerUrl where an {@link ExamplePartner} listens
   */
  static String on(UnaryOperator<String> urls, SystemKeys keys, String partnerUrl) {
    Instant nextYear = Instant.now().plus(365, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
    Map<String, String> values =
        Map.of(
            "$OPERATOR_PASSWORD",
            keys.operatorPassword(),
            "$OPERATOR",
            SystemKeys.OPERATOR,
            "$NEXT_YEAR",
            nextYear.toString(),
            "$PARTNER_URL",
            partnerUrl,
            "$PARTNER_SECRET",
            ExamplePartner.SECRET);
    String script = SCRIPT;
    // Longer names first, because $OPERATOR is the beginning of another.
    for (String name :
        values.keySet().stream().sorted((a, b) -> b.length() - a.length()).toList()) {
      script = script.replace(name, values.get(name));
    }
    for (String service :
        new String[] {
          "user", "concert", "seat", "queue", "reservation", "point", "payment", "partner"
        }) {
      script =
          script.replace("$" + service.toUpperCase(Locale.ROOT) + "/", urls.apply(service) + "/");
    }
    return script;
  }
}

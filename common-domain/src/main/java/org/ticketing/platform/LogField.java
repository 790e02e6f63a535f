package org.ticketing.platform;

import java.util.Locale;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * What the log lines of a thread carry beside its trace, as soon as somebody who knows it has said
 * so. {@link LogFieldsOfRequests} removes what the handling of a request has set.
 */
public enum LogField {
  /** The id of the payment that the thread works for. */
  PAYMENT,
  /** The identifier of the global transaction that the work belongs to. */
  XID;

  /** Ends what {@link #during} has begun. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  private static final Scope UNCHANGED = () -> {};

  private final String key = name().toLowerCase(Locale.ROOT);

  public String key() {
    return key;
  }

  public Optional<String> value() {
    return Optional.ofNullable(MDC.get(key));
  }

  /** Sets it until the request ends that this thread handles. */
  public void set(Object value) {
    String text = value.toString();
    if (!text.equals(MDC.get(key))) {
      MDC.put(key, text);
    }
  }

  /** Sets it until the scope is closed, which has to happen on the same thread. */
  public Scope during(Object value) {
    String before = MDC.get(key);
    String text = value.toString();
    if (text.equals(before)) {
      return UNCHANGED;
    }
    MDC.put(key, text);
    return before == null ? () -> MDC.remove(key) : () -> MDC.put(key, before);
  }

  /** For threads that handle no request. */
  public void clear() {
    if (MDC.get(key) != null) {
      MDC.remove(key);
    }
  }
}

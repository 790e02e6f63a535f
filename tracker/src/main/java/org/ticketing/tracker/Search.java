package org.ticketing.tracker;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.ticketing.payment.TransactionsApi.TransactionPage;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * Finds transactions by whatever an operator has in hand, without asking what it is. All meanings
 * that it can have are looked for at the same time, and the first of them wins that finds anything.
 */
@Component
class Search {

  /** What a text can be, in the order in which it is believed to be it. */
  enum Field {
    PAYMENT(true),
    XID(false),
    KEY(false),
    RESERVATION(true),
    USER(true);

    private final boolean isId;

    Field(boolean isId) {
      this.isId = isId;
    }

    private String prefix() {
      return name().toLowerCase(Locale.ROOT) + ":";
    }
  }

  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final AtOnce atOnce;

  Search(AtOnce atOnce) {
    this.atOnce = atOnce;
  }

  /**
   * The page that the query asks for. Where {@code find} is given, its cursor tells which meaning
   * the first page was of.
   *
   * @throws Refusal {@code invalid-request}, or that of the payment service
   */
  TransactionPage find(TransactionQuery query, OperatorCalls calls) {
    if (query.find() == null) {
      return query.of(calls.transactions());
    }
    if (query.after() != null) {
      return Stream.of(Field.values())
          .filter(field -> query.after().startsWith(field.prefix()))
          .findFirst()
          .map(field -> page(query, field, query.after().substring(field.prefix().length()), calls))
          .orElseThrow(
              () ->
                  new Refusal(
                      Reason.INVALID_REQUEST, "after must be the next of the page before."));
    }
    List<TransactionPage> pages =
        atOnce.all(
            Stream.of(Field.values())
                .filter(field -> !field.isId || ID.matcher(query.find()).matches())
                .<AtOnce.Question<TransactionPage>>map(
                    field -> () -> page(query, field, null, calls))
                .toList());
    return pages.stream()
        .filter(page -> !page.transactions().isEmpty())
        .findFirst()
        .orElse(pages.get(0));
  }

  private static TransactionPage page(
      TransactionQuery query, Field field, String after, OperatorCalls calls) {
    String value = field.isId ? UUID.fromString(query.find()).toString() : query.find();
    TransactionPage page = query.by(field, value, after).of(calls.transactions());
    return page.next() == null
        ? page
        : new TransactionPage(
            page.protocol(), page.transactions(), field.prefix() + page.next(), page.notReached());
  }
}

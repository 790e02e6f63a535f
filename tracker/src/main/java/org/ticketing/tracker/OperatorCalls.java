package org.ticketing.tracker;

import java.util.Map;
import org.ticketing.payment.TransactionsApi;
import org.ticketing.platform.tracking.TrackingApi;

/**
 * The APIs for operators, called with the token of one operator. Each throws the {@link
 * org.ticketing.platform.Refusal} of the called service, or {@link
 * org.ticketing.platform.ServiceUnavailable}.
 *
 * @param transactions what the payment service knows
 * @param steering the same, with the patience that steering takes
 * @param participants what the process of each service that takes part in payments knows, by the
 *     name of the service
 */
record OperatorCalls(
    TransactionsApi transactions,
    TransactionsApi steering,
    Map<String, TrackingApi> participants) {}

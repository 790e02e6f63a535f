package org.ticketing.verification.contract;

import java.util.UUID;
import org.springframework.http.ProblemDetail;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.Problems;
import org.ticketing.workload.Customer;

/**
 * What a customer was told of a payment.
 *
 * @param receipt null unless the payment has completed
 * @param reason why there is no receipt, in a word; null if there is one
 * @param detail the same in a sentence
 * @param status of HTTP; 0 if there was no answer
 */
record Answer(Receipt receipt, String reason, String detail, int status) {

  /** Has the customer pay once, and returns the answer. */
  static Answer toPayment(Customer customer, UUID reservation, String key) {
    try {
      return completed(customer.apis().payments().pay(key, new PaymentRequest(reservation)));
    } catch (RestClientResponseException failure) {
      return failed(failure);
    } catch (RestClientException noAnswer) {
      return none(noAnswer);
    }
  }

  private static Answer completed(Receipt receipt) {
    return new Answer(receipt, null, null, 201);
  }

  private static Answer failed(RestClientResponseException failure) {
    ProblemDetail problem = failure.getResponseBodyAs(ProblemDetail.class);
    int status = failure.getStatusCode().value();
    return problem == null
        ? new Answer(null, "", "", status)
        : new Answer(
            null,
            problem.getType().toString().replace(Problems.TYPE_PREFIX, ""),
            problem.getDetail(),
            status);
  }

  private static Answer none(Exception failure) {
    return new Answer(null, "no-answer", failure.getMessage(), 0);
  }

  boolean isCompleted() {
    return receipt != null;
  }
}

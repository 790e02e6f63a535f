package org.ticketing.verification.contract;

import org.springframework.http.ProblemDetail;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.Problems;

/**
 * What a customer was told of a payment.
 *
 * @param receipt null unless the payment has completed
 * @param reason why there is no receipt, in a word; null if there is one
 * @param detail the same in a sentence
 * @param status of HTTP; 0 if there was no answer
 */
record Answer(Receipt receipt, String reason, String detail, int status) {

  static Answer completed(Receipt receipt) {
    return new Answer(receipt, null, null, 201);
  }

  static Answer failed(RestClientResponseException failure) {
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

  static Answer none(Exception failure) {
    return new Answer(null, "no-answer", failure.getMessage(), 0);
  }

  boolean isCompleted() {
    return receipt != null;
  }
}

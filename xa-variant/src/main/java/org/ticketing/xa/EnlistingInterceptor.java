package org.ticketing.xa;

import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Enlists a participant in the current global transaction when work calls it, and sends the
 * enlistment with the call. {@link BranchInterceptor} receives it.
 */
class EnlistingInterceptor implements ClientHttpRequestInterceptor {

  private final String participant;

  EnlistingInterceptor(String participant) {
    this.participant = participant;
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    GlobalTransactions.current()
        .map(transaction -> transaction.enlist(participant))
        .ifPresent(enlistment -> enlistment.addTo(request.getHeaders()));
    return execution.execute(request, body);
  }
}

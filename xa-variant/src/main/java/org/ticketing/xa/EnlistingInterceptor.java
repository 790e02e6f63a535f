package org.ticketing.xa;

import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Enlists a participant in the current global transaction when work calls it, and sends the
 * enlistment with the call. {@link BranchInterceptor} receives it, and answers with the {@link
 * InstanceAddress} of the branch. Work and messages for a branch whose address is known go there,
 * with the token that the participant's name stands for.
 */
class EnlistingInterceptor implements ClientHttpRequestInterceptor {

  private final String participant;

  EnlistingInterceptor(String participant) {
    this.participant = participant;
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    Optional<GlobalTransaction> working = GlobalTransactions.current();
    if (working.isEmpty()) {
      return execution.execute(to(CalledInstance.get(), request), body);
    }
    GlobalTransaction transaction = working.get();
    transaction.enlist(participant).addTo(request.getHeaders());
    ParticipantResource branch = transaction.resource(participant);
    ClientHttpResponse answer = execution.execute(to(branch.instance(), request), body);
    InstanceAddress.in(answer.getHeaders(), request.getURI()).ifPresent(branch::isAt);
    return answer;
  }

  private static HttpRequest to(Optional<InstanceAddress> instance, HttpRequest request) {
    return instance.map(address -> address.lead(request)).orElse(request);
  }
}

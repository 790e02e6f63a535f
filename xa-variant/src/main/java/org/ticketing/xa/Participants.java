package org.ticketing.xa;

import java.util.Map;
import java.util.Set;

/** The participants of the payments, by name. */
class Participants {

  private final Map<String, BranchApi> participants;

  Participants(Map<String, BranchApi> participants) {
    this.participants = participants;
  }

  Set<String> names() {
    return participants.keySet();
  }

  /** Returns a resource to enlist in one global transaction. */
  ParticipantResource resource(String participant) {
    return new ParticipantResource(participant, branches(participant));
  }

  BranchApi branches(String participant) {
    return participants.get(participant);
  }
}

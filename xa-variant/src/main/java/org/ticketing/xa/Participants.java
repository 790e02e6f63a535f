package org.ticketing.xa;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.ticketing.platform.Phases;

/** The participants of the payments, by name. */
class Participants {

  private final Map<String, BranchApi> participants;

  Participants(Map<String, BranchApi> participants) {
    this.participants = participants;
  }

  Set<String> names() {
    return participants.keySet();
  }

  /** Returns a resource for recovery, whose messages are parts of no payment. */
  ParticipantResource resource(String participant) {
    return new ParticipantResource(participant, branches(participant));
  }

  /**
   * Returns a resource to enlist in one global transaction.
   *
   * @param phases as parts of that transaction
   * @param progress of that transaction
   */
  ParticipantResource resource(String participant, Phases phases, Progress progress) {
    return new ParticipantResource(participant, branches(participant), phases, progress);
  }

  /** Returns these with another way to reach one of them. */
  Participants with(String participant, BranchApi branches) {
    Map<String, BranchApi> others = new HashMap<>(participants);
    others.put(participant, branches);
    return new Participants(others);
  }

  BranchApi branches(String participant) {
    return participants.get(participant);
  }
}

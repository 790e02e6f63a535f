package org.ticketing.concert;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ConcertView;

@Entity
@Table(name = "concert")
class Concert {

  @Id private UUID id;
  private String title;
  private String description;
  private boolean cancelled;
  @Version private Integer version;

  protected Concert() {}

  Concert(ConcertDetails details) {
    this.id = UUID.randomUUID();
    change(details);
  }

  void change(ConcertDetails details) {
    title = details.title().strip();
    description = details.description().strip();
  }

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  UUID id() {
    return id;
  }

  ConcertView view() {
    return new ConcertView(id, title, description, cancelled);
  }
}

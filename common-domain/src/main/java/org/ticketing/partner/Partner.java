package org.ticketing.partner;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.ticketing.partner.PartnerApi.NewPartner;
import org.ticketing.partner.PartnerApi.PartnerDetails;
import org.ticketing.partner.PartnerApi.PartnerView;
import org.ticketing.partner.PartnerApi.Status;

/** A platform, and whether a job delivers to it at present. Changed under the lock of its row. */
@Entity
@Table(name = "partner")
class Partner {

  @Id private UUID id;
  private String name;
  private String url;
  private String secret;

  @Column(columnDefinition = "char(64)")
  private String feedKeyHash;

  @Enumerated(EnumType.STRING)
  private Status status;

  /** Names the job that delivers to this partner; null while there is none. */
  private UUID activation;

  private int failures;
  private String lastError;
  @Version private Integer version;

  protected Partner() {}

  Partner(PartnerDetails details, FeedKey feedKey) {
    this.id = UUID.randomUUID();
    this.name = details.name().strip();
    this.url = details.url().toString();
    this.secret = details.secret();
    this.feedKeyHash = feedKey.hash();
    this.status = Status.ACTIVE;
  }

  /** The name of a job to stage, unless one is under way or nothing is to be delivered. */
  Optional<UUID> activate() {
    if (status != Status.ACTIVE || activation != null) {
      return Optional.empty();
    }
    activation = UUID.randomUUID();
    return Optional.of(activation);
  }

  void becomeIdle() {
    activation = null;
  }

  void delivered() {
    failures = 0;
    lastError = null;
  }

  /** Parks the partner when the delivery has failed as often as it may. */
  void failed(String error, int attempts) {
    failures++;
    lastError = error;
    if (failures >= attempts) {
      status = Status.PARKED;
      activation = null;
    }
  }

  void resume() {
    if (status == Status.PARKED) {
      status = Status.ACTIVE;
      failures = 0;
      lastError = null;
    }
  }

  void end() {
    status = Status.ENDED;
    activation = null;
  }

  boolean is(Status status) {
    return this.status == status;
  }

  UUID id() {
    return id;
  }

  URI url() {
    return URI.create(url);
  }

  String secret() {
    return secret;
  }

  int failures() {
    return failures;
  }

  PartnerView view(long pending) {
    return new PartnerView(id, name, url(), status, pending, failures, lastError);
  }

  NewPartner registered(FeedKey feedKey) {
    return new NewPartner(id, name, url(), feedKey.value());
  }
}

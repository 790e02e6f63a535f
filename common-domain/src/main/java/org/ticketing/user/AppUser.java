package org.ticketing.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

@Entity
@Table(name = "app_user")
class AppUser {

  enum Status {
    ACTIVE,
    WITHDRAWN
  }

  @Id private UUID id;

  private String email;
  private String name;
  private String passwordHash;
  private boolean operator;

  @Enumerated(EnumType.STRING)
  private Status status;

  @Column(updatable = false)
  private Instant registeredAt;

  @Version private Integer version;

  protected AppUser() {}

  AppUser(String email, String name, String passwordHash, Instant registeredAt) {
    this.id = UUID.randomUUID();
    this.status = Status.ACTIVE;
    this.registeredAt = registeredAt;
    this.passwordHash = passwordHash;
    update(email, name);
  }

  static String normalised(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  void update(String email, String name) {
    this.email = normalised(email);
    this.name = name.strip();
  }

  void changePassword(String passwordHash) {
    this.passwordHash = passwordHash;
  }

  void makeOperator() {
    operator = true;
  }

  boolean isOperator() {
    return operator;
  }

  String passwordHash() {
    return passwordHash;
  }

  UUID id() {
    return id;
  }

  void withdraw() {
    status = Status.WITHDRAWN;
  }

  boolean isActive() {
    return status == Status.ACTIVE;
  }

  UserApi.UserView view() {
    return new UserApi.UserView(id, email, name, isActive());
  }
}

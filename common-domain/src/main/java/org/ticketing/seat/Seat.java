package org.ticketing.seat;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;
import org.ticketing.seat.SeatApi.SeatPrice;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;

@Entity
@Table(name = "seat")
class Seat {

  @Id private UUID id;
  private UUID scheduleId;
  private String section;

  @Column(name = "seat_row")
  private int row;

  @Column(name = "seat_number")
  private int number;

  private String grade;
  private long price;
  @Version private Integer version;

  protected Seat() {}

  Seat(UUID scheduleId, Section section, int row, int number) {
    this.id = UUID.randomUUID();
    this.scheduleId = scheduleId;
    this.section = section.name();
    this.row = row;
    this.number = number;
    this.grade = section.grade();
    this.price = section.price();
  }

  UUID id() {
    return id;
  }

  SeatPrice price() {
    return new SeatPrice(id, scheduleId, price);
  }

  SeatView view() {
    return new SeatView(id, section, row, number, grade, price, true);
  }
}

package org.ticketing.workload.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ticketing.payment.PaymentApi;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.workload.history.Operation.Charge;
import org.ticketing.workload.history.Operation.EntriesRead;
import org.ticketing.workload.history.Operation.FailedRead;
import org.ticketing.workload.history.Operation.ListedPayment;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Operation.PaymentsRead;
import org.ticketing.workload.history.Operation.ReservationRead;

class HistoryTest {

  private static final UUID USER = UUID.randomUUID();
  private static final UUID RESERVATION = UUID.randomUUID();
  private static final UUID PAYMENT = UUID.randomUUID();

  private static final List<Operation> ONE_OF_EACH =
      List.of(
          new Charge(0, 5, USER, "opening", 10, true),
          new Pay(10, 90, 3, "k", USER, RESERVATION, 10, Outcome.COMPLETED, null, PAYMENT),
          new EntriesRead(20, 30, 1, USER, List.of(PAYMENT), List.of()),
          new ReservationRead(31, 40, 1, RESERVATION, ReservationApi.Status.HELD, null),
          new FailedRead(41, 50, 1, USER, null, "HTTP 503"),
          new PaymentsRead(
              100,
              110,
              USER,
              List.of(new ListedPayment(PAYMENT, RESERVATION, PaymentApi.Status.COMPLETED))));

  private static final List<Operation> WITH_AND_WITHOUT =
      List.of(
          new Pay(
              10, 90, 3, "k", USER, RESERVATION, 10, Outcome.REFUSED, "insufficient-points", null),
          new Pay(10, 90, 3, "k", USER, RESERVATION, 10, Outcome.UNKNOWN, "HTTP 502", null),
          new Pay(10, 90, 3, "k", USER, RESERVATION, 10, Outcome.FAILED, "not signed in", null),
          new ReservationRead(31, 40, 1, RESERVATION, ReservationApi.Status.CONFIRMED, PAYMENT),
          new FailedRead(41, 50, 1, USER, RESERVATION, "ResourceAccessException"));

  @TempDir private Path directory;
  private Path file;
  private final History history = new History("saga");

  @BeforeEach
  void write() throws IOException {
    ONE_OF_EACH.forEach(history::add);
    WITH_AND_WITHOUT.forEach(history::add);
    file = directory.resolve("history-saga.jsonl");
    history.writeTo(file);
  }

  @Test
  void isWrittenAsTheSchemaDocumentsIt() throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(getClass().getResourceAsStream("history.schema.json"));

    assertThat(ONE_OF_EACH).hasSameSizeAs(Operation.class.getPermittedSubclasses());
    assertThat(Files.readAllLines(file))
        .hasSize(1 + ONE_OF_EACH.size() + WITH_AND_WITHOUT.size())
        .allSatisfy(line -> assertThat(schema.validate(line, InputFormat.JSON)).isEmpty())
        .allSatisfy(
            line ->
                assertThat(
                        schema.validate(
                            line.replace("\"type\"", "\"unheardOf\""), InputFormat.JSON))
                    .isNotEmpty());
  }

  @Test
  void beginsWithAHeader() throws IOException {
    assertThat(Files.readAllLines(file).get(0))
        .isEqualTo(
            "{\"type\":\"history\",\"version\":2,\"system\":\"saga\",\"origin\":\"%s\"}"
                .formatted(history.origin()));
  }

  @Test
  void isTheSameWhenItIsReadBack() throws IOException {
    History read = History.readFrom(file);

    assertThat(read.system()).isEqualTo("saga");
    assertThat(read.origin()).isEqualTo(history.origin());
    assertThat(read.operations()).isEqualTo(history.operations());
  }

  @Test
  void saysWhichLineCannotBeRead() throws IOException {
    Files.writeString(file, Files.readString(file).replace("\"failed-read\"", "\"lost-read\""));
    assertThatThrownBy(() -> History.readFrom(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 6");
  }

  @Test
  void doesNotReadAnotherVersion() throws IOException {
    Files.writeString(file, Files.readString(file).replace("\"version\":2", "\"version\":1"));
    assertThatThrownBy(() -> History.readFrom(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void doesNotReadAnEmptyFile() throws IOException {
    Files.writeString(file, "");
    assertThatThrownBy(() -> History.readFrom(file)).isInstanceOf(IOException.class);
  }

  @Test
  void aPartOfItKeepsWhatWasAskedAfterwards() {
    assertThat(history.during(10, 31).operations())
        .extracting(operation -> operation.getClass().getSimpleName())
        .containsExactly("Pay", "EntriesRead", "Pay", "Pay", "Pay", "PaymentsRead");
  }

  @Test
  void aPartOfItKeepsNothingOfReservationsOfOtherParts() {
    ListedPayment listed = new ListedPayment(PAYMENT, RESERVATION, PaymentApi.Status.COMPLETED);
    ListedPayment other =
        new ListedPayment(UUID.randomUUID(), UUID.randomUUID(), PaymentApi.Status.FAILED);
    history.add(new PaymentsRead(120, 130, USER, List.of(listed, other)));
    history.add(new PaymentsRead(140, 150, USER, List.of(other)));

    assertThat(history.during(10, 31).operations(PaymentsRead.class))
        .extracting(PaymentsRead::payments)
        .containsExactly(List.of(listed), List.of(listed));
  }

  @Test
  void itsClockOnlyGoesForward() {
    long earlier = history.now();
    assertThat(history.now()).isGreaterThanOrEqualTo(earlier);
    assertThat(earlier).isNotNegative();
  }
}

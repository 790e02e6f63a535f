package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.stack.container.ContainerEngine;
import org.ticketing.workload.NotMeasuredException;
import picocli.CommandLine;

class CommandLineTest {

  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();
  private final CommandLine ticketing =
      Ticketing.commandLine().setErr(new PrintWriter(err, true)).setOut(new PrintWriter(out, true));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                | compare, load, audit, up, transactions, live
          sell                              | sell
          up                                | <system>
          up soap                           | monolith, uncoordinated, xa, tcc, saga, choreography
          up xa --port 80                   | 1024
          up xa --port many                 | many
          up xa tcc                         | tcc
          up xa --debug point,nobody        | choose from payment, point, reservation, shop
          up monolith --twice shop          | choose from monolith
          crash soap                        | monolith, uncoordinated, xa, tcc, saga, choreography
          crash xa --point nowhere          | --list
          crash xa --fault juggle           | kill payment
          crash xa --repeat 0               | from 1 to 1000
          crash xa --random soon            | 10m
          crash xa --random 5h              | from 1s to 1h
          crash xa --random 1m --repeat 2   | without
          crash xa --random 1m --long       | without
          crash xa --seed 7                 | --random
          crash xa --script nowhere.btm     | nowhere.btm
          crash --script nowhere.btm        | one system
          crash xa tcc --hold               | one system
          load --rate 5 --duration 30s      | a --target
          load xa --target http://x --rate 5 --duration 30s | TICKETING_OPERATOR_PASSWORD_FILE
          load soap --rate 5 --duration 30s | monolith, uncoordinated, xa, tcc, saga, choreography
          load xa --duration 30s            | --rate
          load xa --rate 5                  | --duration
          load xa --rate 0 --duration 30s   | more than 0
          load xa --rate many --duration 30s | many
          load xa --rate 5 --duration soon  | 5m
          load xa --rate 5 --duration 2h    | from 1s to 1h
          load xa --rate 1 --duration 2s    | from 50 to 90000
          load xa --rate 5000 --duration 1m | from 50 to 90000
          load xa --rate 5 --duration 30s --arrivals never | CONSTANT, POISSON
          load xa --rate 5 --duration 30s --seed 1 | --arrivals poisson
          load xa --rate 5 --duration 30s --clients 0 | from 1 to 500
          load xa --rate 5 --duration 30s --wallets 0 | from 1 to 500
          load xa --rate 5 --duration 30s --refusals 1 | from 0 to 0.5
          load xa --rate 5 --duration 30s --rtt -1 | from 0 to 1000
          load xa --rate 5 --duration 30s --warm-up later | --warm-up takes
          load xa --rate 5 --duration 30s --warm-up -1s | from 0s to 1h
          load xa --rate 5 --duration 999999999999999d | --duration takes
          load --target http://x --rate 5 --duration 30s --rtt 1 | not with --target
          load --target nowhere --rate 5 --duration 30s | {service}
          load --target http://x --rate 5 --duration 30s | TICKETING_OPERATOR_EMAIL
          load --target pom.xml --rate 5 --duration 30s | pom.xml has no URL of: user, concert
          load --target http://x --rate 5 --duration 30s --postgres jdbc:postgresql://x/ | Name the system
          load xa --rate 5 --duration 30s --seata http://x | go with --target
          transactions                      | list, show, retry, suspend, resume, complete, undo, release
          transactions list                 | TICKETING_OPERATOR_PASSWORD
          transactions list --show everything | all, in-flight, in-doubt, stuck, failed, slow
          transactions list --user nobody   | nobody
          transactions list --from soon     | 15m
          transactions list --size 0        | from 1 to 1000
          transactions list --format xml    | TABLE, JSON, CSV
          transactions list --watch --all   | --watch goes without
          transactions list --operator a@b --password-file nowhere | cannot be read: nowhere
          transactions list --operator a@b --password-file pom.xml --target nowhere | http://127.0.0.1:8190
          transactions list --operator a@b --password-file pom.xml --target http://127.0.0.1:1 | The tracker at http://127.0.0.1:1 does not answer
          transactions show                 | <id>
          transactions show 1 --format csv  | table or json
          transactions log --format table   | json or csv
          transactions retry                | Name transactions
          transactions retry 1 --show stuck | not both
          transactions undo 1               | --reason
          transactions undo 1 --reason      | --reason
          transactions juggle               | juggle
          live soap                         | monolith, uncoordinated, xa, tcc, saga, choreography
          live xa --port 80                 | from 1024 to 65535
          live xa --postgres jdbc:postgresql://x/y | without --postgres and --mysql
          audit                             | <system>
          audit soap                        | monolith, uncoordinated, xa, tcc, saga, choreography
          audit xa                          | --postgres and --mysql
          audit monolith                    | where its databases are: --postgres.
          audit xa --postgres jdbc:mysql://x | jdbc:postgresql://
          audit xa --postgres jdbc:postgresql://x/ | TICKETING_POSTGRES_PASSWORD_FILE
          audit xa --database till=tills    | has no such service; it has user, concert
          audit xa --database till          | KEY=VALUE
          audit xa --seata http://x         | --seata goes with: tcc, saga
          audit saga --seata x              | --seata takes a URL
          queue --waiting 10                | from 2000 to 1000000
          queue --waiting everybody         | everybody
          compare xa soap                   | choose from monolith, uncoordinated, xa, tcc, saga, choreography
          compare --quick --full            | mutually exclusive
          compare --only lunch              | DISTANCE
          compare --resume --resume-from x  | mutually exclusive
          compare --resume-from nowhere     | no unfinished comparison in nowhere
          compare --rounds 0                | from 1 to 1000
          compare --payments 1              | from 10 to 100000
          compare --clients -1              | from 1 to 500
          compare --late-share 2            | from 0 to 0.5
          compare --rival-share 0.6         | from 0 to 0.5
          compare --late-share .5 --poor-share .5 | must not be more than all payments
          compare --readers -1              | from 0 to 50
          compare --readers 51              | from 0 to 50
          compare --readers few             | few
          compare --late-share much         | much
          crash xa --seata stock            | --seata goes with: tcc, saga
          up monolith --atomikos stock      | --atomikos goes with: xa
          compare choreography --kafka stock | --kafka goes with: choreographykafka
          compare --seata newest            | STOCK
          compare --unheard-of              | --unheard-of
          report nowhere.json               | There is no file nowhere.json
          report pom.xml                    | pom.xml is no JSON
          report --output somewhere         | name some
          anomalies                         | history.jsonl
          anomalies nowhere.jsonl           | There is no file nowhere.jsonl
          compare --postgres jdbc:mysql://x | jdbc:postgresql://
          compare --mysql jdbc:mysql://x/   | TICKETING_MYSQL_PASSWORD
          compare --mysql-binaries /nowhere | no folder or zip /nowhere
          load xa --rate 5 --duration 30s --mysql-binaries pom.xml | neither a folder nor a zip
          crash xa --mysql-binaries src     | no bin/mysqld in src
          up monolith --mysql-binaries none | whose points are on MySQL
          up xa --mysql jdbc:mysql://x/ --mysql-binaries none | --mysql and --mysql-binaries exclude
          up xa --databases podman          | LOCAL, DOCKER
          up xa --databases docker --mysql-binaries maven | --databases docker and --mysql-binaries exclude
          crash xa --databases docker --mysql-binaries none | --databases docker and --mysql-binaries exclude
          compare --databases docker --postgres jdbc:postgresql://x/y | --postgres and --databases docker exclude
          load xa --rate 5 --duration 30s --databases docker --mysql jdbc:mysql://x/ | --mysql and --databases docker exclude
          """)
  void wrongArgumentsGetOneLineThatSaysWhatWouldBeRight(String arguments, String hint) {
    int exitCode = ticketing.execute(arguments.isBlank() ? new String[0] : arguments.split(" +"));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(hint);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatCouldNotBeMeasuredGetsOneLine() throws Exception {
    var failure = new NotMeasuredException("xa has logged no transaction.");

    int exitCode =
        ticketing.getExecutionExceptionHandler().handleExecutionException(failure, ticketing, null);

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString().lines()).containsExactly("xa has logged no transaction.");
  }

  @Test
  void helpOfCompareSaysWhenASystemIsWarm() {
    assertThat(ticketing.execute("compare", "--help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("no more than 5 % below that of the three before them", "At most 40 rounds");
  }

  @Test
  void helpOfCompareNamesItsPartsAndHowItIsContinued() {
    assertThat(ticketing.execute("compare", "--help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains(
            "rates, wallets, refusals, readers, distance",
            "observability (each system with metrics and traces switched on and off)",
            "tracking (each system twice: with the log of transactions, and without)",
            "levers (each system with none",
            "--resume",
            "--resume-from=<folder>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "crash", "up"})
  void helpNamesWhatCanRunAsShipped(String command) {
    assertThat(ticketing.execute(command, "--help")).isZero();
    assertThat(out.toString()).contains("--atomikos=patched|stock", "--seata=patched|stock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "crash", "load", "up", "queue"})
  void helpNamesWhereDatabasesCanRun(String command) {
    assertThat(ticketing.execute(command, "--help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("--databases=local|docker", "postgres:17 and mysql:8.4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up xa", "crash xa", "compare --quick"})
  void withoutADockerEngineContainersGetOneLine(String arguments) {
    assumeThat(ContainerEngine.isFound()).as("there is a Docker engine").isFalse();

    assertThat(ticketing.execute((arguments + " --databases docker").split(" "))).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("--databases docker needs a Docker engine: none ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void helpOfAuditSaysWhatItsExitCodeMeans() {
    assertThat(ticketing.execute("audit", "--help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("It changes nothing", "with 2 if it could not read everything", "--coordinator");
  }

  @Test
  void helpNamesTheCommands() {
    assertThat(ticketing.execute("--help")).isZero();
    assertThat(out.toString())
        .contains("compare", "load", "audit", "up", "crash", "queue", "jmh", "report");
  }
}

package org.ticketing.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.springframework.boot.convert.DurationStyle;
import org.ticketing.experiments.load.Deployment;
import org.ticketing.experiments.load.Load;
import org.ticketing.experiments.load.LoadResults;
import org.ticketing.experiments.load.LoadSettings;
import org.ticketing.experiments.load.LoadSettings.Kind;
import org.ticketing.experiments.load.LoadSettings.Pattern;
import org.ticketing.experiments.load.LoadSettings.Sold;
import org.ticketing.experiments.load.LoadTable;
import org.ticketing.experiments.load.Target;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.workload.PaymentWay;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ticketing load}: puts load at a fixed rate on one system. */
@Command(
    name = "load",
    description = {
      "Sends payments at a fixed rate to one system, whatever became of those before them, and times"
          + " each from when it was due.",
      "",
      "A system of this machine is started, warmed up, and audited at the end. With --target, the"
          + " load goes to one that runs elsewhere. Name the system, and where its databases are"
          + " (--postgres, --mysql), to have it audited, too."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LoadCommand implements Callable<Integer> {

  private static final String OPERATOR_EMAIL = "TICKETING_OPERATOR_EMAIL";
  private static final String OPERATOR_PASSWORD = "TICKETING_OPERATOR_PASSWORD";
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int FEWEST_PAYMENTS = 50;
  private static final int MOST_PAYMENTS = 90_000;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "<system>",
      description = "${COMPLETION-CANDIDATES}",
      completionCandidates = SystemNames.class,
      converter = SystemName.class)
  private SystemDescription description;

  @Option(
      names = "--rate",
      required = true,
      paramLabel = "<n>",
      description = "Payments a second, up to 10000.")
  private double rate;

  @Option(
      names = "--duration",
      required = true,
      paramLabel = "<time>",
      description = "Such as 30s or 5m, up to 1h.")
  private String duration;

  @Option(
      names = "--arrivals",
      paramLabel = "<kind>",
      description =
          "constant: at equal distances. poisson: at random, independent of each other. Default:"
              + " ${DEFAULT-VALUE}.")
  private Kind arrivals = Kind.CONSTANT;

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      description = "Of random arrivals. Default: another seed each time, which is printed.")
  private Long seed;

  @Option(
      names = "--clients",
      paramLabel = "<n>",
      description =
          "Payments under way at the same time at most. What is due while all clients are busy is"
              + " sent late. Default: ${DEFAULT-VALUE}.")
  private int clients = 100;

  @Option(
      names = "--rtt",
      paramLabel = "<ms>",
      description =
          "Round trip between services, and to the coordinator's server, in milliseconds, such as 0,"
              + " 1, or 5: they call each other through relays that delay. Default: directly.")
  private Double roundTrip;

  @Option(
      names = "--async",
      description =
          "Have payments accepted (Prefer: respond-async), and ask for their end every 20 ms."
              + " Latencies last until the end is known; how long it took until payments were"
              + " accepted is shown beside them.")
  private boolean asynchronous;

  @Option(
      names = "--wallets",
      paramLabel = "<n>",
      description =
          "Wallets out of which the payments come. With few of them, payments wait for each other."
              + " Default: ${DEFAULT-VALUE}.")
  private int wallets = 200;

  @Option(
      names = "--refusals",
      paramLabel = "<share>",
      description =
          "Part of the payments whose hold has run out; a system of this machine refuses them after"
              + " the points were used. Default: ${DEFAULT-VALUE}.")
  private double refusals = 0;

  @Option(
      names = "--warm-up",
      paramLabel = "<time>",
      description =
          "How long the same load is sent before, uncounted. Default: 30s; with --target 0s.")
  private String warmUp;

  @Option(
      names = "--target",
      paramLabel = "<url>|<file>",
      description =
          "A deployment that runs elsewhere: the URL of its gateway, or of each service with"
              + " {service} for its name, such as http://{service}.example.org, or a properties file"
              + " with a line <service>=<url> for each service. An operator's e-mail address and"
              + " password from the environment: "
              + OPERATOR_EMAIL
              + ", "
              + OPERATOR_PASSWORD
              + " or its file: "
              + OPERATOR_PASSWORD
              + EnvironmentPassword.FILE
              + ".")
  private String target;

  @Mixin private DatabaseOptions databases;

  @Mixin private AuditOptions audit;

  @Override
  public Integer call() throws Exception {
    require(description != null || target != null, "Name a system, or a --target.");
    require(
        target != null || !audit.areGiven(),
        "--database, --coordinator, and --seata go with --target.");
    require(
        target == null || !databases.areContainers(),
        "--databases docker goes with a system of this machine, not with --target.");
    require(
        description != null || !isAuditAsked(),
        "Name the system that runs at the --target, to have it audited.");
    LoadSettings settings = settings();
    Deployment deployment = target == null ? null : deployment();
    Optional<SystemDatabases> audited =
        target != null && isAuditAsked()
            ? Optional.of(audit.of(description, databases.servers()))
            : Optional.empty();
    try (Progress progress = new Progress(spec.commandLine().getOut())) {
      if (settings.arrivals().seed() != null) {
        progress.accept("arrivals with seed " + settings.arrivals().seed());
      }
      StackOptions options = options(progress);
      return StackSession.run(
          options,
          stack -> {
            PaymentWay way = asynchronous ? PaymentWay.ASYNCHRONOUS : PaymentWay.SYNCHRONOUS;
            Load load = new Load(stack, options.home(), settings, way, progress);
            return report(
                deployment == null ? load.on(description) : load.on(deployment, audited), stack);
          });
    }
  }

  /** Without a system, the stack is only the folder in which the results are left. */
  private StackOptions options(Progress progress) {
    return target != null
        ? StackOptions.forServers(Set.of()).withProgress(progress)
        : databases.applyTo(StackOptions.forSystems(description).withProgress(progress));
  }

  private int report(LoadResults results, LocalStack stack) throws IOException {
    Path file = stack.directory().resolve("load.json");
    Files.writeString(file, results.toJson());
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%n%s%n%s%n", LoadTable.of(results), file);
    out.flush();
    return results.isAsExpected() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private LoadSettings settings() {
    require(rate > 0 && rate <= 10_000, "--rate must be more than 0 and at most 10000.");
    Duration counted = time("--duration", duration);
    require(
        counted.compareTo(Duration.ofSeconds(1)) >= 0 && counted.compareTo(LONGEST) <= 0,
        "--duration must be from 1s to 1h.");
    Duration uncounted = warmUp();
    require(
        !uncounted.isNegative() && uncounted.compareTo(LONGEST) <= 0,
        "--warm-up must be from 0s to 1h.");
    double payments = rate * counted.plus(uncounted).toMillis() / 1000;
    require(
        payments >= FEWEST_PAYMENTS && payments <= MOST_PAYMENTS,
        "--rate times --duration must be from %d to %d payments, with those of the warm-up."
            .formatted(FEWEST_PAYMENTS, MOST_PAYMENTS));
    require(clients >= 1 && clients <= 500, "--clients must be from 1 to 500.");
    require(wallets >= 1 && wallets <= 500, "--wallets must be from 1 to 500.");
    require(refusals >= 0 && refusals <= 0.5, "--refusals must be from 0 to 0.5.");
    require(seed == null || arrivals == Kind.POISSON, "--seed goes with --arrivals poisson.");
    return new LoadSettings(
        rate, counted, pattern(), clients, new Sold(wallets, refusals), uncounted, roundTrip());
  }

  private Pattern pattern() {
    return switch (arrivals) {
      case CONSTANT -> Pattern.CONSTANT;
      case POISSON -> Pattern.poisson(seed == null ? new Random().nextInt() : seed);
    };
  }

  private Duration warmUp() {
    if (warmUp == null) {
      return target != null ? Duration.ZERO : WARM_UP;
    }
    return time("--warm-up", warmUp);
  }

  private Duration roundTrip() {
    if (roundTrip == null) {
      return null;
    }
    require(target == null, "--rtt goes with a system of this machine, not with --target.");
    require(roundTrip >= 0 && roundTrip <= 1000, "--rtt must be from 0 to 1000 ms.");
    return Duration.ofNanos(Math.round(roundTrip * 1e6));
  }

  private Deployment deployment() {
    Target place = Target.of(target);
    String name = description == null ? null : description.name();
    String email = System.getenv(OPERATOR_EMAIL);
    Optional<String> password = EnvironmentPassword.find(OPERATOR_PASSWORD);
    require(
        email != null && password.isPresent(),
        "--target needs an operator in the environment variables %s and %s, or the password's file"
                .formatted(OPERATOR_EMAIL, OPERATOR_PASSWORD)
            + " in %s%s.".formatted(OPERATOR_PASSWORD, EnvironmentPassword.FILE));
    return Deployment.at(place, name, email, password.get());
  }

  /** Of a target; a system of this machine is always audited. */
  private boolean isAuditAsked() {
    return audit.areGiven() || databases.servers().areGiven();
  }

  private Duration time(String option, String value) {
    try {
      return DurationStyle.detectAndParse(value);
    } catch (IllegalArgumentException | ArithmeticException notATime) {
      throw wrong("%s takes a time such as 30s or 5m, not %s.".formatted(option, value));
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw wrong(otherwise);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.byteman.check.TestScript;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.ticketing.experiments.crash.Cell;
import org.ticketing.experiments.crash.CrashMatrix;
import org.ticketing.experiments.crash.CrashPoint;
import org.ticketing.experiments.crash.CrashPoints;
import org.ticketing.experiments.crash.Fault;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.workload.PaymentWay;

/** The scripts of the crash points that the systems on the class path bring along. */
class CrashScriptsTest {

  private static final Set<Fault.Kind> LASTING =
      EnumSet.of(
          Fault.Kind.HANG,
          Fault.Kind.SILENCE_BETWEEN,
          Fault.Kind.SILENCE_FROM,
          Fault.Kind.DELAY_BETWEEN,
          Fault.Kind.DELAY_FROM,
          Fault.Kind.VANISH,
          Fault.Kind.PAUSE,
          Fault.Kind.TURN_CLOCK_BACK);

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.ticketing.stack.system.Systems#all")
  void areMarkedInTheirTimeline(SystemDescription system) {
    assertThat(CrashPoints.of(system))
        .isNotEmpty()
        .allSatisfy(
            point ->
                assertThat(point.description().timeline())
                    .as(point.name())
                    .containsPattern("==> HERE"));
  }

  @ParameterizedTest
  @MethodSource("org.ticketing.stack.system.Systems#all")
  void nameOnlyProcessesAndServersThatTheirSystemHas(SystemDescription system) {
    for (CrashPoint point : CrashPoints.of(system)) {
      CrashMatrix.require(point.allCells());
    }
  }

  @ParameterizedTest
  @MethodSource("org.ticketing.stack.system.Systems#all")
  void failForLongerThanEveryTimerOfTheirSystem(SystemDescription system) {
    List<Cell> lasting =
        CrashPoints.of(system).stream()
            .flatMap(point -> point.allCells().stream())
            .filter(cell -> LASTING.contains(cell.fault().kind()))
            .toList();
    assertThat(lasting)
        .allSatisfy(
            cell ->
                assertThat(cell.fault().time())
                    .as(cell.toString())
                    .isGreaterThanOrEqualTo(system.longestTimer()));
  }

  @ParameterizedTest
  @MethodSource("org.ticketing.stack.system.Systems#all")
  void areAllListedByTheirSystem(SystemDescription system) throws Exception {
    Resource[] scripts =
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:systems/%s/crash/*.btm".formatted(system.name()));
    assertThat(CrashPoints.of(system))
        .filteredOn(point -> point.way() == PaymentWay.SYNCHRONOUS) // the others are of the queue
        .extracting(point -> point.name() + ".btm")
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(scripts).map(Resource::getFilename).toList());
  }

  /** Byteman checks the rules against the classes that the processes run with. */
  @ParameterizedTest
  @MethodSource("org.ticketing.stack.system.Systems#all")
  void haveRulesThatFitTheClasses(SystemDescription system) throws Exception {
    for (boolean atSeata : List.of(true, false)) {
      List<String> scripts = new ArrayList<>();
      for (CrashPoint point : CrashPoints.of(system)) {
        if (point.places().contains("seata") == atSeata) {
          Path script = folder.resolve(point.name() + ".btm");
          scripts.add(Files.writeString(script, point.rules()).toString());
        }
      }
      if (!scripts.isEmpty()) {
        assertThat(check(atSeata ? "local-stack/seata-server" : system.module(), scripts))
            .contains("TestScript: no errors");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"harness.btm", "patches.btm"})
  void theRulesThatSeatasServerIsStartedWithFitToo(String file) throws Exception {
    assertThat(
            check(
                "local-stack/seata-server",
                List.of(home().resolve("local-stack/seata-server").resolve(file).toString())))
        .contains("TestScript: no errors");
  }

  private static Path home() {
    return Path.of(System.getProperty(StackOptions.HOME_PROPERTY));
  }

  private static String check(String module, List<String> scripts)
      throws IOException, URISyntaxException, InterruptedException {
    Path home = home();
    URI byteman = TestScript.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                TestScript.class.getName()));
    command.addAll(scripts);
    ProcessBuilder checker = new ProcessBuilder(command).redirectErrorStream(true);
    checker
        .environment()
        .put(
            "CLASSPATH",
            String.join(
                ":",
                home.resolve(module).resolve("target/classes").toString(),
                Files.readString(home.resolve(module).resolve("target/classpath")).strip(),
                home.resolve("benchmarks/experiments/target/classes").toString(),
                Path.of(byteman).toString()));
    Process process = checker.start();
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return output;
  }
}

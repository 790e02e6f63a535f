package org.ticketing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;

/** The directions between all modules and packages. Modules see each other by packages. */
class ModulesTest {

  private static final String[] DOMAIN = {
    "org.ticketing.platform..",
    "org.ticketing.user..",
    "org.ticketing.concert..",
    "org.ticketing.queue..",
    "org.ticketing.seat..",
    "org.ticketing.reservation..",
    "org.ticketing.point..",
    "org.ticketing.payment..",
    "org.ticketing.partner..",
    "org.ticketing.shop.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.ticketing");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          workload     | workload
          verification | verification, workload, stack
          experiments  | experiments, verification, workload, stack
          cli          | cli, experiments, verification, workload, stack
          tracker      | tracker
          """)
  void aModuleKnowsTheDomainAndTheModulesBelowIt(String module, String known) {
    classes()
        .that()
        .resideInAPackage("org.ticketing." + module + "..")
        .should()
        .onlyDependOnClassesThat(
            outsideOfTheProjectOrIn(
                Stream.of(known.split(", "))
                    .map(name -> "org.ticketing." + name + "..")
                    .toArray(String[]::new)))
        .check(CLASSES);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("org.ticketing.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void experimentsKnowReportsRelaysAndCountsAndNotEachOtherButComparisonsPutLoadOnSystems() {
    // The live comparison also kills what they are made of.
    slices()
        .matching("org.ticketing.experiments.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            DescribedPredicate.alwaysTrue(),
            resideInAnyPackage(
                "org.ticketing.experiments.report",
                "org.ticketing.experiments.relay",
                "org.ticketing.experiments.counts"))
        .ignoreDependency(
            resideInAnyPackage("org.ticketing.experiments.compare"),
            resideInAnyPackage("org.ticketing.experiments.load"))
        .ignoreDependency(
            resideInAnyPackage("org.ticketing.experiments.live"),
            resideInAnyPackage("org.ticketing.experiments.load", "org.ticketing.experiments.crash"))
        .ignoreDependency(
            resideInAnyPackage(
                "org.ticketing.experiments.publication", "org.ticketing.experiments.page"),
            DescribedPredicate.alwaysTrue())
        .check(CLASSES);
  }

  @Test
  void chartsKnowNothingOfWhatTheyShow() {
    noClasses()
        .that()
        .resideInAPackage("org.ticketing.experiments.chart")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.ticketing..")
                .and(DescribedPredicate.not(resideInAnyPackage("org.ticketing.experiments.chart"))))
        .check(CLASSES);
  }

  @Test
  void theStackKnowsNeitherTheDomainNorASystem() {
    classes()
        .that()
        .resideInAPackage("org.ticketing.stack..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("org.ticketing.stack..")
                .or(DescribedPredicate.not(resideInAnyPackage("org.ticketing.."))))
        .check(CLASSES);
  }

  @Test
  void theDomainKnowsNothingElse() {
    classes()
        .that()
        .resideInAnyPackage(DOMAIN)
        .should()
        .onlyDependOnClassesThat(outsideOfTheProjectOrIn())
        .check(CLASSES);
  }

  /** It is a process, which is talked to over HTTP. */
  @Test
  void nobodyKnowsTheClassesOfTheTracker() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.ticketing.tracker..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.ticketing.tracker..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("org.ticketing.stack.system.Systems#all")
  void aSystemKnowsTheDomainAlone(SystemDescription system) {
    classes()
        .that()
        .resideInAPackage(packageOf(system) + "..")
        .should()
        .onlyDependOnClassesThat(
            outsideOfTheProjectOrIn(packageOf(system) + "..", "org.ticketing.seata.."))
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("org.ticketing.stack.system.Systems#all")
  void nobodyKnowsTheClassesOfASystem(SystemDescription system) {
    noClasses()
        .that()
        .resideOutsideOfPackage(packageOf(system) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packageOf(system) + "..")
        .check(CLASSES);
  }

  /** In Turkish, the small letter of "I" is not "i". */
  @Test
  void nobodyChangesTheCaseOfLettersByTheLanguageOfTheMachine() {
    noClasses()
        .should()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .check(CLASSES);
  }

  /** Spring Boot's listeners do it for the services, and Ticketing for what it starts. */
  @Test
  void everyProgramSetsTheLanguageInWhichItFormats() {
    methods()
        .that()
        .haveName("main")
        .should(call(Locale.class, "setDefault").or(call(SpringApplication.class, "run")))
        .check(CLASSES);
  }

  private static ArchCondition<JavaMethod> call(Class<?> owner, String name) {
    return ArchCondition.from(
        DescribedPredicate.describe(
            "call " + owner.getSimpleName() + "." + name,
            method ->
                method.getMethodCallsFromSelf().stream()
                    .anyMatch(
                        call ->
                            call.getTargetOwner().isEquivalentTo(owner)
                                && call.getName().equals(name))));
  }

  /** A name in quotes would be something that only this system gets. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "local-stack",
        "benchmarks/workload",
        "benchmarks/verification",
        "benchmarks/experiments",
        "benchmarks/cli"
      })
  void nobodyKnowsASystemByItsName(String module) throws IOException {
    String names =
        Systems.all().stream().map(SystemDescription::name).collect(Collectors.joining("|"));
    Pattern name = Pattern.compile("\"(" + names + ")\"");
    Path sources = Path.of(System.getProperty(StackOptions.HOME_PROPERTY), module, "src/main/java");
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher matcher = name.matcher(Files.readString(file));
        while (matcher.find()) {
          found.add(sources.relativize(file) + ": " + matcher.group());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static String packageOf(SystemDescription system) {
    return system.mainClass().substring(0, system.mainClass().lastIndexOf('.'));
  }

  private static DescribedPredicate<JavaClass> outsideOfTheProjectOrIn(String... packages) {
    return DescribedPredicate.not(resideInAnyPackage("org.ticketing.."))
        .or(resideInAnyPackage(DOMAIN))
        .or(resideInAnyPackage(packages));
  }
}

package org.ticketing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.service.annotation.HttpExchange;

/** The layout that lets one domain serve every protocol. */
@AnalyzeClasses(
    packages = "org.ticketing",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.ServicesAlone.class})
class ArchitectureTest {

  private static final String[] SERVICES = {
    "org.ticketing.user..",
    "org.ticketing.concert..",
    "org.ticketing.queue..",
    "org.ticketing.seat..",
    "org.ticketing.reservation..",
    "org.ticketing.point..",
    "org.ticketing.payment..",
    "org.ticketing.partner.."
  };

  static class ServicesAlone implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/local-stack/") && !location.contains("local-stack-");
    }
  }

  @ArchTest
  static final ArchRule theDomainKnowsNoTransactionFramework =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.atomikos..", "org.apache.seata..", "io.seata..", "jakarta.transaction..");

  @ArchTest
  static final ArchRule tablesAreTheirServicesOwn =
      classes()
          .that()
          .resideInAnyPackage(SERVICES)
          .and(dependOn(JdbcClient.class))
          .should()
          .bePackagePrivate();

  @ArchTest
  static final ArchRule thePlatformKnowsNoService =
      noClasses()
          .that()
          .resideInAPackage("org.ticketing.platform..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SERVICES);

  @ArchTest
  static final ArchRule servicesKnowEachOtherThroughTheirApisAlone =
      slices()
          .matching("org.ticketing.(*)..")
          .namingSlices("service $1")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              resideInAPackage("org.ticketing.platform..").or(isAnApiOrOneOfItsRecords()));

  @ArchTest
  static final ArchRule servicesDoNotDependOnEachOtherInCircles =
      slices().matching("org.ticketing.(*)..").namingSlices("service $1").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noCircleOfBeansIsHidden =
      noClasses().should().dependOnClassesThat().areAssignableTo(Lazy.class);

  @ArchTest
  static final ArchRule theStepsOfAPaymentAreForProtocolsAlone =
      classes()
          .that()
          .haveSimpleNameEndingWith("Participant")
          .or()
          .haveSimpleNameEndingWith("ParticipantApi")
          .should()
          .onlyHaveDependentClassesThat()
          .haveSimpleNameEndingWith("ParticipantController");

  /** Its times are as precise as those that are stored. */
  @ArchTest
  static final ArchRule timesAreThoseOfTheOneClock =
      noClasses()
          .that()
          .resideInAnyPackage(SERVICES)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC");

  private static DescribedPredicate<JavaClass> dependOn(Class<?> other) {
    return DescribedPredicate.describe(
        "depend on " + other.getSimpleName(),
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> dependency.getTargetClass().isEquivalentTo(other)));
  }

  private static DescribedPredicate<JavaClass> isAnApiOrOneOfItsRecords() {
    return DescribedPredicate.describe(
        "an API interface or one of its records",
        type ->
            isAnApi(type) || type.getEnclosingClass().map(ArchitectureTest::isAnApi).orElse(false));
  }

  /** Also one that others extend with the path under which they offer it. */
  private static boolean isAnApi(JavaClass type) {
    return type.isInterface()
        && (type.isAnnotatedWith(HttpExchange.class)
            || type.getMethods().stream()
                .anyMatch(method -> method.isMetaAnnotatedWith(HttpExchange.class)));
  }

  @ArchTest
  static final ArchRule thePublicFaceOfAServiceIsSmall =
      classes()
          .that()
          .resideInAnyPackage(SERVICES)
          .and()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .and(DescribedPredicate.not(isAnApiOrOneOfItsRecords()))
          .should()
          .haveSimpleNameEndingWith("Participant")
          .orShould()
          .beRecords()
          .orShould()
          .beAssignableTo(RuntimeException.class)
          .orShould()
          .haveSimpleName("PaymentProtocol");
}

package org.ticketing.platform;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out the auto-configuration of what is switched off, because evaluating its classes takes
 * time at every start: springdoc's unless there are {@link ApiDocuments}, and that of metrics and
 * traces unless there is {@link Observability}.
 */
class SwitchedOff implements AutoConfigurationImportFilter, EnvironmentAware {

  private static final Predicate<String> OF_DOCUMENTS = name -> name.startsWith("org.springdoc.");

  /** Also those of other modules, such as that of the metrics of connection pools. */
  private static final Predicate<String> OF_OBSERVABILITY =
      Pattern.compile(
              "\\.boot\\.(micrometer|opentelemetry)\\."
                  + "|\\.boot\\..*(Metrics|Observation)\\w*AutoConfiguration$")
          .asPredicate();

  private Predicate<String> unwanted;

  @Override
  public void setEnvironment(Environment environment) {
    boolean documents = environment.getProperty(ApiDocuments.ENABLED, Boolean.class, false);
    boolean observability = environment.getProperty(Observability.ENABLED, Boolean.class, true);
    unwanted =
        name ->
            !documents && OF_DOCUMENTS.test(name) || !observability && OF_OBSERVABILITY.test(name);
  }

  @Override
  public boolean[] match(String[] candidates, AutoConfigurationMetadata metadata) {
    boolean[] matches = new boolean[candidates.length];
    for (int index = 0; index < candidates.length; index++) {
      String candidate = candidates[index];
      matches[index] = candidate == null || !unwanted.test(candidate);
    }
    return matches;
  }
}

package org.ticketing.platform;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out springdoc's auto-configuration unless there are {@link ApiDocuments}, because
 * evaluating its classes takes time at every start.
 */
class ApiDocumentsOnDemand implements AutoConfigurationImportFilter, EnvironmentAware {

  private static final String SPRINGDOC = "org.springdoc.";

  private boolean wanted;

  @Override
  public void setEnvironment(Environment environment) {
    wanted = environment.getProperty(ApiDocuments.ENABLED, Boolean.class, false);
  }

  @Override
  public boolean[] match(String[] candidates, AutoConfigurationMetadata metadata) {
    boolean[] matches = new boolean[candidates.length];
    for (int index = 0; index < candidates.length; index++) {
      String candidate = candidates[index];
      matches[index] = wanted || candidate == null || !candidate.startsWith(SPRINGDOC);
    }
    return matches;
  }
}

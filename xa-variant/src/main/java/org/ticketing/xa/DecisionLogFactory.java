package org.ticketing.xa;

import com.atomikos.icatch.config.Configuration;
import com.atomikos.icatch.provider.ConfigProperties;
import com.atomikos.recovery.OltpLog;
import com.atomikos.recovery.OltpLogFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Gives Atomikos the log; Atomikos finds this class with {@link java.util.ServiceLoader}. */
public class DecisionLogFactory implements OltpLogFactory {

  @Override
  public OltpLog createOltpLog() {
    ConfigProperties settings = Configuration.getConfigProperties();
    try {
      return new DecisionLog(
          new DecisionFile(
              Path.of(settings.getLogBaseDir()),
              settings.getLogBaseName(),
              Runtime.getRuntime()::halt));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "The log of decisions in " + settings.getLogBaseDir() + " cannot be used.", failure);
    }
  }
}

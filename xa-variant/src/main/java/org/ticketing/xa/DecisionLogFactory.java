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

  /** The property of Atomikos's configuration that chooses the {@link CoordinatorSettings.Log}. */
  static final String LOG = "org.ticketing.xa.log";

  /** Returns null for the log of Atomikos, which it then makes itself ({@code AssemblerImp}). */
  @Override
  public OltpLog createOltpLog() {
    ConfigProperties settings = Configuration.getConfigProperties();
    if (settings.getProperty(LOG).equals(CoordinatorSettings.Log.ATOMIKOS.name())) {
      return null;
    }
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

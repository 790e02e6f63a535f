package org.ticketing.experiments.report;

import java.util.function.Consumer;

/** Is told what long work does, and how far it has come. */
public interface ProgressListener extends Consumer<String> {

  /**
   * A step of the work begins.
   *
   * @param done steps before it
   * @param all steps; once as many are done, the work is over
   */
  void step(int done, int all, String what);
}

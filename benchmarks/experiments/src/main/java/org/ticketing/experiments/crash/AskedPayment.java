package org.ticketing.experiments.crash;

import org.ticketing.workload.Answer;
import org.ticketing.workload.PlannedPayment;

/** A payment that a client asked for with an idempotency key, and the last answer to it. */
record AskedPayment(PlannedPayment payment, String key, Answer answer) {}

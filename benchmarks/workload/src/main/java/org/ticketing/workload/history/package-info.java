/** What clients and readers saw and when, recorded so that it can be judged afterwards. */
package org.ticketing.workload.history;

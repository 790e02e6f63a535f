/** The workload: what is sold to whom through the public APIs, and how the payments are sent. */
package org.ticketing.workload;

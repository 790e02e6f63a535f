/** Reads the databases of a system after everything settled and says which promises were broken. */
package org.ticketing.verification.audit;

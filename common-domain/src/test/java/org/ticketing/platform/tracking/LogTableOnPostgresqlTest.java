package org.ticketing.platform.tracking;

import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class LogTableOnPostgresqlTest extends LogTableContract {}

package org.ticketing.platform.tracking;

import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class WaitersOnPostgresqlTest extends WaitersContract {}

package org.ticketing.point;

import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class PointServiceOnPostgresqlTest extends PointServiceContract {}

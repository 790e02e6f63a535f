package org.ticketing.point;

import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class PointHoldingsOnPostgresqlTest extends PointHoldingsContract {}

package org.ticketing.point;

import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Mysql
class PointHoldingsOnMysqlTest extends PointHoldingsContract {}

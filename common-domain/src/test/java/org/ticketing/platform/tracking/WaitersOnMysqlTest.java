package org.ticketing.platform.tracking;

import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Mysql
class WaitersOnMysqlTest extends WaitersContract {}

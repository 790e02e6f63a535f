package org.ticketing.platform.tracking;

import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Mysql
class LogTableOnMysqlTest extends LogTableContract {}

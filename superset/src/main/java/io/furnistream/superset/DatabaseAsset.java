package io.furnistream.superset;

import java.util.UUID;

/**
 * A file of {@code databases/}: a connection that datasets read from. Names are those of Superset's
 * import format.
 *
 * @param databaseName what people see; unique in a Superset
 * @param uuid by which Superset knows it again
 * @param sqlalchemyUri where it is; a password in it is {@code XXXXXXXXXX}, which Superset asks for
 * @param exposeInSqllab whether SQL Lab offers it
 */
record DatabaseAsset(
    String databaseName, UUID uuid, String sqlalchemyUri, boolean exposeInSqllab) {}

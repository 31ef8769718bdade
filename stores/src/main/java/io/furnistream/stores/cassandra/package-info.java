/** Reads Cassandra, and its raw records as the records that they are. */
package io.furnistream.stores.cassandra;

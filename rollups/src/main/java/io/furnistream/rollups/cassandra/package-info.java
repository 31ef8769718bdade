/** Reads Cassandra: what verifying and closing days have in common. */
package io.furnistream.rollups.cassandra;

/** Reads Cassandra, and its raw records as records of the contract. */
package io.furnistream.stores.cassandra;

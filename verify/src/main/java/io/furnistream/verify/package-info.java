/**
 * Proves the platform's numbers: holds the ledger against Kafka and against every store, day by
 * day, and names what differs.
 */
package io.furnistream.verify;

/**
 * Proves the platform's numbers: compares the ledger with Kafka and with every store, day by day,
 * and names what differs.
 */
package io.furnistream.verify;

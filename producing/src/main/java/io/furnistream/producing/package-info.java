/**
 * Writing sales to Kafka, and stating in the ledger what was written: what the generator and the
 * replay share.
 */
package io.furnistream.producing;

/**
 * The stages: what one task does with its partition, what it keeps in its store, and the entries
 * that one stage sends to the next. A stage knows nothing of threads, transactions and topics.
 */
package io.furnistream.aggregates.stages;

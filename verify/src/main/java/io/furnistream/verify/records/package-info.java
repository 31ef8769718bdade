/** Reads the topics of records and of the ledger, and folds them to what each table must hold. */
package io.furnistream.verify.records;

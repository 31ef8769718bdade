/**
 * Which schema wrote a record, and whether it is the registry's fault or the record's when none is
 * found. Connect's converter, the aggregates and verify all ask here.
 */
package io.furnistream.registry;

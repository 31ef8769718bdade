/**
 * What the sinks share: how a record at fault is handed to the worker, what is kept from the worker
 * because it would end it, and the version that they state.
 */
package io.furnistream.connectors.sink;

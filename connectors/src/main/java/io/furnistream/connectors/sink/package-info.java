/** What the sinks share: how a record at fault is handed to the worker. */
package io.furnistream.connectors.sink;

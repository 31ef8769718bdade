/** What the sinks share: how a faulty record is handed to the worker. */
package io.furnistream.connectors.sink;

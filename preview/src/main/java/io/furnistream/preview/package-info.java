/** Shows what a connector's transforms do to a record, step by step, without a worker. */
package io.furnistream.preview;

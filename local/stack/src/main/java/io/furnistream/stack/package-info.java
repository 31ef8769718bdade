/**
 * The embedded stack: the real services as child processes on one machine. A service is one class,
 * from which {@code furnistream up}, the integration tests and the fault tests all start the same
 * thing.
 */
package io.furnistream.stack;

/**
 * The embedded stack: the real services as child processes on one machine. {@code furnistream up},
 * the integration tests and the fault tests all start the same services through the classes here.
 */
package io.furnistream.stack;

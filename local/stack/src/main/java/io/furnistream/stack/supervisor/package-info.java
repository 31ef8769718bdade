/**
 * Keeps services running: starts each when those it needs are ready, starts again what dies, and
 * says how each stands.
 */
package io.furnistream.stack.supervisor;

/**
 * Keeps services running: starts each when those it needs are ready, restarts what dies, and
 * reports the state of each.
 */
package io.furnistream.stack.supervisor;

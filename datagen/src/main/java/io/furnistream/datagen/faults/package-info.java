/**
 * Faults on demand: what goes wrong on its way to a store, injected into generated sales on
 * purpose, and counted.
 */
package io.furnistream.datagen.faults;

/** Waits until what Kafka holds has landed in the stores: in one of them, or in all. */
package io.furnistream.stores.landing;

/** Replays files of sales into Kafka, by mappings: any CSV as the store's sales. */
package io.furnistream.replay;

/** How fast sales are made and written to Kafka, compared with those who only write. */
package io.furnistream.benchmarks.generate;

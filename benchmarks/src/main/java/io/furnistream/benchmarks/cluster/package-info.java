/** What a second worker of Kafka Connect and a second process of the aggregates bring and cost. */
package io.furnistream.benchmarks.cluster;

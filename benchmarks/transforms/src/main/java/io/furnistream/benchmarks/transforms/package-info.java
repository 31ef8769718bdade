/** Our transforms compared with Kafka's own. */
package io.furnistream.benchmarks.transforms;

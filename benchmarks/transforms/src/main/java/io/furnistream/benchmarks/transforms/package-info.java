/** Our transforms beside Kafka's own. */
package io.furnistream.benchmarks.transforms;

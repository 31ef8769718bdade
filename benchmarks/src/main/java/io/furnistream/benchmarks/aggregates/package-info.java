/** How fast the aggregates work off a topic that waits, and how soon a record is in its table. */
package io.furnistream.benchmarks.aggregates;

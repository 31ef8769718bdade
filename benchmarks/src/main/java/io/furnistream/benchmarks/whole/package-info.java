/** What the whole chain takes, process by process. */
package io.furnistream.benchmarks.whole;

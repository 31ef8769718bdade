/** What verify takes as the history grows. */
package io.furnistream.benchmarks.verify;

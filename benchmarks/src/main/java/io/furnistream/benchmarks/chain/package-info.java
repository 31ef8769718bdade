/** What the chain of transforms of a running connector costs. */
package io.furnistream.benchmarks.chain;

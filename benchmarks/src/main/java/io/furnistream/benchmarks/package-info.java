/** How all measurements report their figures. */
package io.furnistream.benchmarks;

/** What all measurements tell their figures by. */
package io.furnistream.benchmarks;

/** How fast a file becomes the store's sales, and in how much memory. */
package io.furnistream.benchmarks.replay;

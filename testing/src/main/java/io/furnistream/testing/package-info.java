/** For tests alone: what those of several modules share. */
package io.furnistream.testing;

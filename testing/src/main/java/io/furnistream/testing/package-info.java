/** For tests only: what the tests of several modules share. */
package io.furnistream.testing;

/** Runs what is in Python: its checks and its tests, for the tests of those who need it. */
package io.furnistream.python;

/** Where a day's raw records are read from, and the order in which they come. */
package io.furnistream.rollup.records;

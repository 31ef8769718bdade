/** Adds a day's records up by sorting and grouping, in memory that does not grow with the day. */
package io.furnistream.rollup.totals;

/**
 * What is a fault of the data and what is not, and the letters that data at fault becomes in the
 * dead-letter topic.
 */
package io.furnistream.aggregates.faults;

/**
 * Which faults are the data's and which are not, and the letters that faulty data becomes in the
 * dead-letter topic.
 */
package io.furnistream.aggregates.faults;

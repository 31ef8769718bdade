/**
 * Rules that say which record is sound, read from a JSON file. They know nothing of what the
 * records are, where they lie or who asks.
 */
package io.furnistream.screening;

/**
 * Rules that say which records are sound, read from a JSON file. They know nothing about what the
 * records are, where they are or who asks.
 */
package io.furnistream.screening;

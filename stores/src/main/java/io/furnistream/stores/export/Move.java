package io.furnistream.stores.export;

/**
 * What differs from the revision before.
 *
 * @param what a figure, or the path of a file
 * @param from the figure, or the SHA-256 of the file, before; null when there was none
 * @param to the same, now
 */
public record Move(String what, String from, String to) {}

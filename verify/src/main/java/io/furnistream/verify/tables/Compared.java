package io.furnistream.verify.tables;

import java.util.List;

/**
 * The result of a comparison.
 *
 * @param differences by day; within a day in the stores' order
 * @param tables every table that was compared row by row
 */
public record Compared(List<Difference> differences, List<ComparedTable> tables) {}

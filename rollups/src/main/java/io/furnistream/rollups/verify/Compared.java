package io.furnistream.rollups.verify;

import java.util.List;

/**
 * What a comparison came to.
 *
 * @param differences by day; within a day in the stores' order
 * @param tables every table that was compared row by row
 */
record Compared(List<Difference> differences, List<ComparedTable> tables) {}

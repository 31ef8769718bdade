package io.furnistream.verify.readings;

import io.furnistream.verify.tables.StoreReading;
import java.util.List;

/**
 * What a store was found to hold of some days.
 *
 * @param figures what it states
 * @param tables its tables, whose rows are staged
 */
public record StagedReading(StoreReading figures, List<Staged> tables) {}

package io.furnistream.replay.lines;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.RecordId;

/**
 * A row as the sale that it is.
 *
 * @param id names it, by the dataset and the row's key
 * @param value what is written to Kafka
 * @param placed whether it has coordinates
 */
public record Sale(RecordId id, DailyRecord value, boolean placed) {}

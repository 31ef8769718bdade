package io.furnistream.datagen.sales;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;

/**
 * One order line as it goes to the topic {@code daily_records}.
 *
 * @param id names it and says which partition it belongs to
 */
public record GeneratedRecord(RecordId id, DailyRecordKey key, DailyRecord value) {}

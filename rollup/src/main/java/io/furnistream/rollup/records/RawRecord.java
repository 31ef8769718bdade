package io.furnistream.rollup.records;

import io.furnistream.schemas.DailyRecord;
import java.util.UUID;

/**
 * A record as the store of raw records holds it.
 *
 * @param bucket 0 to 15, its place in its day
 * @param id its ts_id
 * @param sale every field of its contract
 */
public record RawRecord(int bucket, UUID id, DailyRecord sale) {}

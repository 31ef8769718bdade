package io.furnistream.replay.source;

/**
 * A row of data.
 *
 * @param line where it begins in the file, from 1; of Parquet its number
 * @param cells one for each column of the header
 */
@SuppressWarnings("ArrayRecordComponent") // as the parser gives them; nobody compares rows
public record Row(long line, String[] cells) {}

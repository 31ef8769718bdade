package io.furnistream.datagen;

import io.furnistream.producing.Delivery;
import io.furnistream.producing.Ledger;
import io.furnistream.schemas.DayFigures;
import java.time.LocalDate;

/**
 * A day between its two entries in the ledger.
 *
 * @param day in the store's zone
 * @param opening when it was started, and the entry that says so
 * @param records those of the day, on their way to Kafka
 * @param figures what they come to
 */
record OpenDay(LocalDate day, Ledger.Opening opening, Delivery records, DayFigures figures) {}

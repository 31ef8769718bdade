package io.furnistream.rollup.files;

import io.furnistream.parquet.ColumnType;
import io.furnistream.parquet.FileColumn;
import io.furnistream.rollup.totals.DayTotals;

/** Columns as a former version wrote them. */
public final class FormerSchema {

  /** The day's totals when sums were decimal(18,4). */
  public static final FileSchema<DayTotals> DAILY_PU_REV =
      new FileSchema<>(
          "daily_pu_rev",
          "rollups/daily_pu_rev",
          FileSchema.DAILY_PU_REV.columns().stream()
              .map(
                  column ->
                      column.type() == ColumnType.SUM
                          ? new FileColumn<>(
                              column.name(), ColumnType.MONEY, false, true, column.value())
                          : column)
              .toList());

  private FormerSchema() {}
}

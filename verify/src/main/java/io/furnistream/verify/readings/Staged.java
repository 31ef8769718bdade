package io.furnistream.verify.readings;

import io.furnistream.verify.tables.TableLayout;

/**
 * A table of a store whose rows are staged.
 *
 * @param layout its columns
 * @param relation the temporary table that they are in
 * @param isOfStatedDays whether only the rows of the days in {@link Staging#STATED} are compared
 */
public record Staged(TableLayout layout, String relation, boolean isOfStatedDays) {}

package io.furnistream.superset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/**
 * A file of {@code charts/}.
 *
 * @param sliceName its title
 * @param uuid by which Superset knows it again
 * @param dataset file name in {@code datasets/}, without its ending
 * @param description what it shows, and when it is empty
 * @param vizType Superset's name of the kind of chart
 * @param params Superset's controls of that kind, but for those that the builder derives
 */
record ChartAsset(
    String sliceName,
    UUID uuid,
    String dataset,
    String description,
    String vizType,
    ObjectNode params) {}

package io.furnistream.aggregates.testing;

import io.furnistream.schemas.Topic;
import java.util.List;

/** The topics that the application writes. */
public final class Outputs {

  public static final List<Topic> ALL =
      List.of(
          Topic.DAILY_PU_REV,
          Topic.DAILY_CATEGORY_PRODUCT,
          Topic.DAILY_ADDRESS,
          Topic.DAILY_PLATFORM_PRODUCT,
          Topic.SALES_BY_MINUTE,
          Topic.DAILY_STATE,
          Topic.DAILY_CUSTOMER,
          Topic.LIVE_KPIS,
          Topic.RECENT_RECORDS);

  private Outputs() {}
}

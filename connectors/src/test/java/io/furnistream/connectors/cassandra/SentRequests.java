package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.tracker.RequestTracker;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes, as a tracker of the driver, how many statements each request into a test's table has. */
public final class SentRequests implements RequestTracker {

  static final List<Integer> SIZES = new CopyOnWriteArrayList<>();

  /** As the driver makes it. */
  public SentRequests(DriverContext context) {}

  @Override
  public void onSuccess(
      Request request,
      long nanos,
      DriverExecutionProfile profile,
      Node node,
      String requestLogPrefix) {
    if (request instanceof BatchStatement batch) {
      SIZES.add(batch.size());
    } else if (request instanceof BoundStatement bound
        && bound.getPreparedStatement().getQuery().contains("_together")) {
      SIZES.add(1);
    }
  }

  @Override
  public void close() {}
}

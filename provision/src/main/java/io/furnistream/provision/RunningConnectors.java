package io.furnistream.provision;

import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.PlatformSettings;
import java.io.IOException;
import java.util.List;

/** Kafka Connect's connectors. Those of other names are left alone. */
final class RunningConnectors implements Part {

  private final Connectors connectors;

  RunningConnectors(Endpoints endpoints, PlatformFiles files, PlatformSettings settings) {
    this.connectors =
        new Connectors(
            endpoints.connectUrl(), endpoints.clientProperties(), files.connectors(), settings);
  }

  @Override
  public String name() {
    return "connect";
  }

  @Override
  public String place() {
    return connectors.place();
  }

  @Override
  public void answers() throws IOException, InterruptedException {
    connectors.ping();
  }

  @Override
  public List<Difference> differences() throws IOException, InterruptedException {
    return connectors.differences();
  }
}

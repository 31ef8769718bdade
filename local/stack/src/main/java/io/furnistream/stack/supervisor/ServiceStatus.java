package io.furnistream.stack.supervisor;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A service as the supervisor sees it.
 *
 * @param name the service
 * @param state its state
 * @param pid process id; 0 when there is no process
 * @param port the port on which others reach it; 0 when nothing connects to it
 * @param restarts how often it was started again since the supervisor began
 * @param repairs how often failed connectors were started again inside it, while it ran on itself
 * @param residentBytes memory of the process and its children, in bytes, pages shared between them
 *     counted once; 0 when there is no process
 * @param detail why it is not ready, or what was last repaired; empty when there is nothing to say
 */
public record ServiceStatus(
    String name,
    ServiceState state,
    long pid,
    int port,
    int restarts,
    // What an older version called it, whose supervisor may still run.
    @JsonAlias("mended") int repairs,
    @JsonProperty("resident_bytes") long residentBytes,
    String detail) {

  /**
   * The same with what was measured of its memory.
   *
   * @param bytes 0 or more
   */
  public ServiceStatus withResidentBytes(long bytes) {
    return new ServiceStatus(name, state, pid, port, restarts, repairs, bytes, detail);
  }

  /** The same of a service whose supervisor has ended. */
  public ServiceStatus stopped() {
    return new ServiceStatus(name, ServiceState.STOPPED, 0, port, restarts, repairs, 0, "");
  }
}

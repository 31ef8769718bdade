package io.furnistream.stack.supervisor;

/** The state of a service. */
public enum ServiceState {
  /** It waits for the services that it starts after. */
  WAITING,
  /** Its process runs and does not answer, or is being provisioned. */
  STARTING,
  /** It answers, and has all that others need of it. */
  READY,
  /** Its process ended or did not start; it is started again after a pause. */
  BACKING_OFF,
  /** It was asked to end and has ended. */
  STOPPED
}

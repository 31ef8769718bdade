package io.furnistream.stack;

/**
 * How to get into a stack's Airflow.
 *
 * @param url its pages; its REST API is below them
 * @param user who may do everything
 * @param password that user's; never printed
 */
public record AirflowAccess(String url, String user, String password) {

  @Override
  public String toString() {
    return "AirflowAccess[%s, %s]".formatted(url, user);
  }
}

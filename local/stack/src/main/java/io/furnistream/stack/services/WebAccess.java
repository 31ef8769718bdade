package io.furnistream.stack.services;

/**
 * How to get into the pages of one of a stack's services.
 *
 * @param url its pages; its REST API is below them
 * @param user who may do everything
 * @param password that user's; never printed
 */
public record WebAccess(String url, String user, String password) {

  @Override
  public String toString() {
    return "WebAccess[%s, %s]".formatted(url, user);
  }
}

package io.furnistream.stack.services;

/**
 * Where to look at a service: a line that {@code furnistream up} prints.
 *
 * @param name what it is called to people
 * @param address where it is, and what to open there
 * @param password name of the secret that opens it; empty when it has none of its own
 */
public record Link(String name, String address, String password) {

  Link(String name, String address) {
    this(name, address, "");
  }

  /** Of a service with pages to sign in to. */
  static Link of(String name, WebAccess access, String password) {
    return new Link(name, access.url() + ", user " + access.user(), password);
  }
}

package io.furnistream.provision;

/**
 * Who sets up the reporting database, and what opens it to whom. Passwords are never printed.
 *
 * @param url JDBC URL of the reporting database, which need not exist yet
 * @param adminUrl JDBC URL of a database that exists, in the same server
 * @param admin a role that may log in there
 * @param adminPassword that role's password
 * @param owner the role that owns the reporting database and runs its migrations, with a password
 *     of its own; null for the admin itself
 * @param ownerPassword that role's password; null where there is none
 * @param writerPassword password of {@code sink_writer}; blank to leave it as it is
 * @param readerPassword password of {@code report_reader}; blank to leave it as it is
 */
public record ReportAccess(
    String url,
    String adminUrl,
    String admin,
    String adminPassword,
    String owner,
    String ownerPassword,
    String writerPassword,
    String readerPassword) {

  /** Whether the owner is another role than the one that sets it up. */
  boolean hasOwnerOfItsOwn() {
    return owner != null;
  }

  /** Who owns it. */
  String ownerName() {
    return owner == null ? admin : owner;
  }

  String ownersPassword() {
    return owner == null ? adminPassword : ownerPassword;
  }

  @Override
  public String toString() {
    return "ReportAccess[%s, %s]".formatted(url, admin);
  }
}

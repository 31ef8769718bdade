package io.furnistream.provision;

/**
 * Who sets up Cassandra, and what opens it to whom. Passwords are never printed.
 *
 * @param admin a role that may change schemas; blank where Cassandra asks for none
 * @param adminPassword that role's password
 * @param writerPassword password of {@code sink_writer}; blank where that role is not ours to make
 * @param readerPassword password of {@code report_reader}; blank likewise
 */
public record CassandraAccess(
    String admin, String adminPassword, String writerPassword, String readerPassword) {

  /** Where no login is asked for. */
  public static final CassandraAccess OPEN = new CassandraAccess("", "", "", "");

  @Override
  public String toString() {
    return "CassandraAccess[%s]".formatted(admin);
  }
}

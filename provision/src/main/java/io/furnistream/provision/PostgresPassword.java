package io.furnistream.provision;

import org.postgresql.util.PasswordUtil;

/** What PostgreSQL is told of a password. */
public final class PostgresPassword {

  private PostgresPassword() {}

  /**
   * What PostgreSQL keeps of it (SCRAM-SHA-256), made here: the password is in no statement, and so
   * in no log of the server.
   */
  public static String verifier(String password) {
    return PasswordUtil.encodeScramSha256(password.toCharArray());
  }
}

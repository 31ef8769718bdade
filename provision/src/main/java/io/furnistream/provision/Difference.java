package io.furnistream.provision;

/**
 * A thing that is not as the settings and files say.
 *
 * @param thing what, such as {@code topic daily_records}
 * @param says how it differs, to follow the thing's name
 * @param mend makes it agree; null where only a person may
 * @param blocks whether nothing else may be changed before a person has settled it
 */
record Difference(String thing, String says, Mend mend, boolean blocks) {

  /** Makes a thing agree. */
  @FunctionalInterface
  interface Mend {

    /**
     * Does it.
     *
     * @return what was done, to follow the thing's name
     */
    String apply() throws Exception;
  }

  /** A difference that provisioning mends. */
  Difference(String thing, String says, Mend mend) {
    this(thing, says, mend, false);
  }

  /**
   * A difference that provisioning must not or cannot mend, and that must be settled first.
   *
   * @param says how it differs, and what to do
   */
  static Difference forAPerson(String thing, String says) {
    return new Difference(thing, says, null, true);
  }

  /**
   * A difference that a person may have wanted, such as a pause: it is said, and the rest is
   * provisioned.
   *
   * @param says how it differs, and what to do
   */
  static Difference leftToAPerson(String thing, String says) {
    return new Difference(thing, says, null, false);
  }

  /** Whether only a person may make it agree. */
  boolean isForAPerson() {
    return mend == null;
  }

  @Override
  public String toString() {
    return thing + " " + says;
  }
}

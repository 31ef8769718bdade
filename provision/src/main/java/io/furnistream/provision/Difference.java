package io.furnistream.provision;

/**
 * A thing that is not as the settings and files say.
 *
 * @param thing what, such as {@code topic daily_records}
 * @param says how it differs, to follow the thing's name
 * @param mend makes it agree; null where only a person may
 */
record Difference(String thing, String says, Mend mend) {

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

  /**
   * A difference that provisioning must not or cannot mend.
   *
   * @param says how it differs, and what to do
   */
  static Difference forAPerson(String thing, String says) {
    return new Difference(thing, says, null);
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

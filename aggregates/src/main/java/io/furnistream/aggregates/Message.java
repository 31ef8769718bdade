package io.furnistream.aggregates;

/** What the first two stages send on. Its key is in the topic's key. */
sealed interface Message {

  /**
   * A member of a group has more or fewer records than before. It is exact because it is sent once:
   * in the transaction that remembers the records. Key: the group key, one byte with the member's
   * index in {@link Aggregate#members()}, the member's id.
   *
   * @param groupKeyLength how many bytes of the key are the group key
   * @param records how many more; negative for fewer
   */
  record MemberChange(int groupKeyLength, int records) implements Message {

    byte[] encode() {
      return new ByteWriter().number(groupKeyLength).number(records).toByteArray();
    }

    static MemberChange decode(byte[] bytes) {
      ByteReader reader = new ByteReader(bytes);
      return new MemberChange((int) reader.number(), (int) reader.number());
    }
  }

  /**
   * What one partition adds to a group, as it stands now: sent twice, it changes nothing. Key: the
   * group key.
   *
   * @param source where the part comes from
   * @param part what it adds
   */
  record PartUpdate(Source source, Part part) implements Message {

    byte[] encode() {
      return new ByteWriter().number(source.code()).raw(part.encode()).toByteArray();
    }

    static PartUpdate decode(byte[] bytes) {
      ByteReader reader = new ByteReader(bytes);
      Source source = Source.of((int) reader.number());
      return new PartUpdate(source, Part.decode(reader.rest()));
    }
  }

  /**
   * Where a part comes from.
   *
   * @param partition a partition of the records, or of the members
   * @param counts whether the part holds distinct members (else sums)
   */
  record Source(int partition, boolean counts) {

    /** The source as one number, from 0. */
    int code() {
      return 2 * partition + (counts ? 1 : 0);
    }

    static Source of(int code) {
      return new Source(code / 2, code % 2 == 1);
    }
  }
}

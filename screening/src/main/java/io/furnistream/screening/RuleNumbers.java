package io.furnistream.screening;

/**
 * How many partitions and buckets there are, in place of the numbers in a rule file: those are
 * another one's for each cluster, and the rules are the same.
 *
 * @param partitions of the topic; null for the file's number
 * @param buckets a power of two; null for the file's number
 */
public record RuleNumbers(Integer partitions, Integer buckets) {

  /** The file's own. */
  public static final RuleNumbers OF_THE_FILE = new RuleNumbers(null, null);

  /** The number of partitions, where the file says one. */
  int partitions(int ofTheFile) {
    return partitions == null ? ofTheFile : partitions;
  }

  /** The number of buckets, where the file says one. */
  int buckets(int ofTheFile) {
    return buckets == null ? ofTheFile : buckets;
  }
}

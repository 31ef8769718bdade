package io.furnistream.replay.mapping;

/**
 * How a file writes numbers.
 *
 * @param decimal the character before the fraction: a point or a comma
 */
public record NumberStyle(char decimal) {

  /** 1,234.56, as most programs write it. */
  public static final NumberStyle POINT = new NumberStyle('.');

  /** 1.234,56, as most of Europe and South America write it. */
  public static final NumberStyle COMMA = new NumberStyle(',');
}

package io.furnistream.producing;

/**
 * What a run produces, as the ledger names it.
 *
 * @param dataset its name: what one set of arguments produces, or the name given to a replay
 * @param producer the program and its version, such as {@code datagen 1}
 * @param arguments those that make up the dataset, such as {@code --records 500 --seed 7}
 */
public record Producing(String dataset, String producer, String arguments) {}

/**
 * The contracts between the parts: Avro classes made from {@code src/main/avro}, the catalogue of
 * the topics that carry them and of the tables that they land in ({@link
 * io.furnistream.schemas.Topic}), and the few rules on which every part must agree (which
 * partition, which id, which scale).
 */
package io.furnistream.schemas;

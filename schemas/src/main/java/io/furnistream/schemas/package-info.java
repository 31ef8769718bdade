/**
 * The contracts between the parts: Avro classes made from {@code src/main/avro}, the topics that
 * carry them, and the few rules on which every part must agree (which partition, which id, which
 * scale).
 */
package io.furnistream.schemas;

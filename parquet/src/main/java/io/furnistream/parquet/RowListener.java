package io.furnistream.parquet;

/** Is told what the cells of a file hold, column by column and row by row, as they are written. */
public interface RowListener {

  /** Wants to know nothing. */
  RowListener NONE =
      new RowListener() {
        @Override
        public void none() {}

        @Override
        public void text(byte[] utf8) {}

        @Override
        public void number(long whole) {}

        @Override
        public void wideNumber(byte[] whole) {}

        @Override
        public void endOfRow() {}
      };

  /** A cell without a value. */
  void none();

  /** A cell with text. */
  void text(byte[] utf8);

  /** A cell with any other value that 64 bits hold, as the whole number that represents it. */
  void number(long whole);

  /** A cell with a sum that 64 bits do not hold: 128 bits, two's complement, big-endian. */
  void wideNumber(byte[] whole);

  /** The row's last cell was told. */
  void endOfRow();
}

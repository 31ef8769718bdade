package io.furnistream.aggregates.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Holds all state stores of the process within one limit. By default each store takes its own: 50
 * MB of block cache and 48 MB of write buffers, times the stores, times the partitions.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

  /** Blocks, indexes, filters and write buffers of all stores together, in bytes. */
  public static final long LIMIT = 48L << 20;

  private static final long WRITE_BUFFERS = 32L << 20;

  // Small, so that the buffers of all stores (24 with six partitions) stay below their limit.
  // Above it RocksDB flushes the store that is being written to, however little it holds: hundreds
  // of tiny files a second.
  private static final long ONE_WRITE_BUFFER = 1L << 20;
  private static final double SHARE_OF_INDEXES = 0.3;

  static {
    RocksDB.loadLibrary();
  }

  // Shared by every store for as long as the process lives: never closed.
  private static final Cache CACHE = new LRUCache(LIMIT, -1, false, SHARE_OF_INDEXES);
  private static final WriteBufferManager BUFFERS = new WriteBufferManager(WRITE_BUFFERS, CACHE);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(BUFFERS);
    options.setWriteBufferSize(ONE_WRITE_BUFFER);
    options.setCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  @Override
  public void close(String storeName, Options options) {
    // The objects set here are shared.
  }
}

package io.furnistream.aggregates.faults;

import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead-letters a record that a stage cannot process, in the transaction that skips it. A fault that
 * is not the data's stops the thread, and the record is processed again.
 */
public final class ProcessingFaultHandler implements ProcessingExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessingFaultHandler.class);

  @Override
  public void configure(Map<String, ?> configs) {
    // There is nothing to set.
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    if (!(exception instanceof DataFaultException fault)) {
      return Response.fail();
    }
    LOG.warn(
        "{} dead-letters offset {} of partition {} of {}",
        context.processorNodeId(),
        context.offset(),
        context.partition(),
        context.topic(),
        fault);
    return Response.resume(
        List.of(
            DeadLetter.of(
                context, context.sourceRawKey(), context.sourceRawValue(), fault.reason())));
  }
}

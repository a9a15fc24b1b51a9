package io.siaran.kafka;

import org.apache.kafka.common.errors.RecordTooLargeException;

/** Whether Kafka refused a record for its size, which it will do again however often it is sent. */
final class TooLarge {

    private TooLarge() {}

    static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }
}

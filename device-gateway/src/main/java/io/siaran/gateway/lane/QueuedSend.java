package io.siaran.gateway.lane;

import io.siaran.model.Recall;
import io.siaran.model.Send;

/**
 * A send that waits in its lane.
 *
 * @param settled runs once its outcome is in the journal: Kafka need not bring it again
 */
record QueuedSend(Send send, Runnable settled) {

    boolean isOf(Recall recall) {
        return send.messageId().equals(recall.messageId()) && send.tryNo() == recall.tryNo();
    }
}

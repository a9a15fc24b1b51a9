package io.siaran.gateway.lane;

import io.siaran.model.Recall;
import io.siaran.model.Send;

/** A send that waits in its lane. */
record QueuedSend(Send send, TakenRecord record) {

    boolean isOf(Recall recall) {
        return send.messageId().equals(recall.messageId()) && send.tryNo() == recall.tryNo();
    }
}

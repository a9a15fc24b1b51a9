package io.siaran.gateway.lane;

import io.siaran.model.Recall;
import io.siaran.model.Send;
import java.util.UUID;

/**
 * A send that waits in its lane.
 *
 * @param turn names all attempts of this lane at it, and nobody else's
 */
record QueuedSend(Send send, UUID turn, TakenRecord record) {

    QueuedSend(Send send, TakenRecord record) {
        this(send, UUID.randomUUID(), record);
    }

    boolean isOf(Recall recall) {
        return send.messageId().equals(recall.messageId()) && send.tryNo() == recall.tryNo();
    }
}

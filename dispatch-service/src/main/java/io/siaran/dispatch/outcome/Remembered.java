package io.siaran.dispatch.outcome;

import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeliveryEvent.Accepted;
import io.siaran.model.DeliveryEvent.Deferred;
import io.siaran.model.DeliveryEvent.Failed;
import io.siaran.model.DeliveryEvent.Receipt;
import io.siaran.model.DeliveryEvent.Rejected;
import io.siaran.model.DeliveryEvent.Returned;
import io.siaran.model.DeliveryEvent.Unknown;
import io.siaran.model.MessageState;
import io.siaran.model.Recall;
import java.time.Instant;

/**
 * What the gateway can know of a try that it is asked about late. Of a try in its journal it repeats the outcome; one that it has
 * forgotten looks like one that never began, and it says that it gives that back, or what else it would do with a command of now. The
 * try may have gone out all the same: where its outcome expired in Kafka while nobody read it, nothing else tells.
 */
final class Remembered {

    private Remembered() {}

    /** The event; or that nobody knows, where it is no longer sure that the try has not gone out. */
    static DeliveryEvent heard(QueuedMessage message, DeliveryEvent event) {
        return switch (event) {
            case Accepted _, Unknown _, Receipt _ -> event;
            case Returned returned ->
                sure(message, event, "returned: " + returned.reason().wire());
            case Deferred deferred ->
                sure(message, event, "deferred: " + deferred.reason().wire());
            case Rejected rejected ->
                sure(message, event, "rejected: " + rejected.reason().wire());
            case Failed failed ->
                sure(message, event, "failed: " + failed.reason().wire());
        };
    }

    private static DeliveryEvent sure(QueuedMessage message, DeliveryEvent event, String told) {
        return mayBeForgotten(message, event.at())
                ? new Unknown(
                        event.messageId(),
                        event.tryNo(),
                        event.userId(),
                        event.deviceId(),
                        event.at(),
                        "told when its try may have been forgotten: " + told)
                : event;
    }

    /** A try that is known to be unknown is kept for as long as somebody may decide it: of that the gateway does not forget. */
    private static boolean mayBeForgotten(QueuedMessage message, Instant told) {
        return message.status() == MessageState.PROCESSING
                && message.notAfter() != null
                && told.isAfter(message.notAfter().plus(Recall.REMEMBERED_FOR));
    }
}

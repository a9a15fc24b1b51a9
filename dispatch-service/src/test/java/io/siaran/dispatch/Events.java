package io.siaran.dispatch;

import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.FailReason;
import io.siaran.model.RejectReason;
import io.siaran.model.ReturnReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a gateway tells; each event happens now. */
public interface Events {

    /** Applies them in one transaction, as the consumer of {@code delivery-events} does. */
    void settle(DeliveryEvent... events);

    default DeliveryEvent accepted(BroadcastMessage m, int tryNo) {
        return new DeliveryEvent.Accepted(
                m.id(), tryNo, m.userId(), m.deviceId(), now(), "wamid." + tryNo, "Hi " + m.recipientName());
    }

    default DeliveryEvent returned(BroadcastMessage m, int tryNo) {
        return new DeliveryEvent.Returned(
                m.id(), tryNo, m.userId(), m.deviceId(), now(), ReturnReason.RECALLED, null, null);
    }

    default DeliveryEvent deferred(BroadcastMessage m, int tryNo, Instant until, DeferReason reason) {
        return new DeliveryEvent.Deferred(m.id(), tryNo, m.userId(), m.deviceId(), now(), until, reason);
    }

    default DeliveryEvent rejected(BroadcastMessage m, int tryNo) {
        return new DeliveryEvent.Rejected(
                m.id(), tryNo, m.userId(), m.deviceId(), now(), RejectReason.NOT_ON_WHATSAPP, "not on WhatsApp");
    }

    default DeliveryEvent failed(BroadcastMessage m, int tryNo) {
        return new DeliveryEvent.Failed(
                m.id(), tryNo, m.userId(), m.deviceId(), now(), FailReason.PROVIDER_FAILED, "busy");
    }

    default DeliveryEvent unknown(BroadcastMessage m, int tryNo) {
        return new DeliveryEvent.Unknown(m.id(), tryNo, m.userId(), m.deviceId(), now(), "timeout");
    }

    default DeliveryEvent delivered(BroadcastMessage m, int tryNo) {
        return new DeliveryEvent.Delivered(m.id(), tryNo, m.userId(), m.deviceId(), now());
    }

    default DeliveryEvent read(BroadcastMessage m, int tryNo) {
        return new DeliveryEvent.Read(m.id(), tryNo, m.userId(), m.deviceId(), now());
    }

    default DeliveryEvent refused(BroadcastMessage m, int tryNo) {
        return new DeliveryEvent.Refused(m.id(), tryNo, m.userId(), m.deviceId(), now(), "blocked");
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}

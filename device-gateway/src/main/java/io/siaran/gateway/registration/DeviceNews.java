package io.siaran.gateway.registration;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.kafka.Deeds;
import io.siaran.model.Deed;
import io.siaran.model.UserId;
import io.siaran.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** What others are told of a change of a device, in the session and the transaction that makes it. */
@ApplicationScoped
class DeviceNews {

    private static final String ANNOUNCE = Sql.load(DeviceNews.class, "announce.sql");

    private final Deeds deeds;

    DeviceNews(Deeds deeds) {
        this.deeds = deeds;
    }

    /** Publishes the device's snapshot. */
    Uni<Void> announce(Device device) {
        return Panache.getSession()
                .chain(session -> session.flush()
                        .chain(() -> session.createNativeQuery(ANNOUNCE)
                                .setParameter(1, device.id)
                                .executeUpdate()))
                .replaceWithVoid();
    }

    /** Tells the audit; nothing where both are the same. */
    Uni<Void> tell(Device device, Deed deed, AuditedDevice before, AuditedDevice after) {
        return deeds.tell(new UserId(device.userId), deed, new Deeds.Subject("device", device.id), before, after);
    }
}

package io.siaran.gateway.registration;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.kafka.Writes;
import io.siaran.model.DeviceId;
import io.siaran.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the platforms say of the devices, and whose turn it is to be asked. For virtual threads. */
@ApplicationScoped
public class DeviceChecks {

    private static final String CLAIM = Sql.load(DeviceChecks.class, "claim-checks.sql");

    private final Devices devices;
    private final Writes writes;
    private final Clock clock;

    DeviceChecks(Devices devices, Writes writes, Clock clock) {
        this.devices = devices;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * Devices of these platforms whose check is due, at most so many; no other instance gets them until {@code every} has
     * passed.
     */
    public List<DeviceId> claim(int atMost, Duration every, Set<Platform> platforms) {
        return Sessions.await(() -> Panache.withTransaction(() -> Panache.getSession()
                        .chain(session -> session.createNativeQuery(CLAIM, UUID.class)
                                .setParameter(1, every.toMillis())
                                .setParameter(2, atMost)
                                .setParameter(3, names(platforms))
                                .getResultList())))
                .stream()
                .map(DeviceId::new)
                .toList();
    }

    /**
     * Moves the device as the platform says. An observation that changes nothing writes no snapshot. An
     * observation of an older version is ignored, and the platform is asked again at once.
     *
     * @param version of the device that the platform was asked about
     */
    public void observed(DeviceId id, long version, Health health) {
        Sessions.await(() -> writes.inSession(() -> Device.<Device>find("id = ?1 and deleted = false", id.value())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNotNull()
                .call(device -> observe(device, version, health))));
    }

    private static String names(Set<Platform> platforms) {
        return platforms.stream().map(Platform::wire).collect(Collectors.joining(","));
    }

    private Uni<Void> observe(Device device, long version, Health health) {
        if (device.version != version) {
            device.nextCheckAt = Device.AT_ONCE;
            return Uni.createFrom().voidItem();
        }
        return device.observe(health, clock.instant().truncatedTo(ChronoUnit.MICROS))
                ? devices.announce(device)
                : Uni.createFrom().voidItem();
    }
}

package io.siaran.gateway.registration;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.siaran.gateway.device.DeviceConfig;
import io.siaran.kafka.Writes;
import io.siaran.model.Deed;
import io.siaran.model.DeviceId;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import io.siaran.rest.EntityTags;
import io.siaran.rest.MergePatch;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.rest.ViolationCode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What a user does with its devices. Another user's device does not exist. */
@ApplicationScoped
class Devices {

    private final DeviceNumbers numbers;
    private final ReadSettings read;
    private final DeviceConfig config;
    private final EntityTags tags;
    private final Writes writes;
    private final DeviceNews news;
    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();

    Devices(
            DeviceNumbers numbers,
            ReadSettings read,
            DeviceConfig config,
            EntityTags tags,
            Writes writes,
            DeviceNews news,
            Clock clock) {
        this.numbers = numbers;
        this.read = read;
        this.config = config;
        this.tags = tags;
        this.writes = writes;
        this.news = news;
        this.clock = clock;
    }

    /**
     * In the session and the transaction of the caller.
     *
     * @throws Refusal when a field is wrong (400) or the number is registered already, by whomever (409)
     */
    Uni<Device> register(UserId user, DeviceBody body) {
        DeviceSettings settings = read.ofNew(body);
        Device device = Device.registered(TimeOrderedId.v7(now(), random), user, settings, now());
        DeviceNumbers.Number number = numbers.of(device, settings);
        return numbers.refuseTwin(device, number)
                .invoke(() -> decide(device, settings, number))
                .chain(() -> device.<Device>persistAndFlush())
                .call(numbers::takeOver)
                // Before it is announced, which is the last that the caller waits to see published.
                .call(() -> news.tell(device, Deed.CREATED, null, AuditedDevice.of(device)))
                .call(news::announce);
    }

    /**
     * @param body of the PUT that has the same effect
     * @throws Refusal when a field is wrong (400), the number is registered already, by whomever (409), or the device is
     *     not the one that {@code If-Match} names (412)
     */
    Uni<Device> change(UserId user, DeviceId id, Function<Device, DeviceBody> body) {
        return writes.inSession(() -> own(user, id).call(device -> change(device, body.apply(device))));
    }

    /** A credential is required, so it cannot be cleared; absent it stays. */
    static DeviceBody patched(Device device, MergePatch<DeviceBody> patch) {
        DeviceBody body = patch.applyTo(DeviceBody.of(device));
        if (patch.names("credential") && body.credential() == null) {
            throw Refusal.invalid("credential", "cannot be cleared", ViolationCode.REQUIRED);
        }
        return body;
    }

    @WithSession
    Uni<Device> find(UserId user, DeviceId id) {
        return Device.<Device>find("id = ?1 and userId = ?2 and deleted = false", id.value(), user.value())
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("device", id));
    }

    /** Before anything is done that does not end with the change itself; throws a {@link Refusal} (412). */
    void requireExpected(Device device) {
        tags.check(device.version);
    }

    @WithSession
    Uni<List<Device>> list(UserId user, DeviceFilters filters, PageRequest page) {
        DeviceOrder.After after = page.after(DeviceOrder.After::read).orElse(null);
        DeviceFilters.Condition condition = filters.of(user, after, config.defaultRegion());
        return Device.<Device>find(condition.hql(), condition.parameters())
                .range(0, page.limit())
                .list();
    }

    Uni<Device> pause(UserId user, DeviceId id) {
        return move(user, id, Deed.PAUSED, device -> device.pause(now()));
    }

    Uni<Device> resume(UserId user, DeviceId id) {
        return move(user, id, Deed.RESUMED, device -> device.resume(now()));
    }

    /** In the session and the transaction of the caller. Nobody else is told: only the platform's address of us changes. */
    Uni<Device> rotateCallback(UserId user, DeviceId id) {
        return own(user, id)
                .call(device -> move(device, Deed.SECRET_ROTATED, moved -> {
                    moved.rotateCallback(now());
                    return false;
                }));
    }

    Uni<Device> delete(UserId user, DeviceId id) {
        return move(user, id, Deed.DELETED, device -> {
            device.remove(now());
            return true;
        });
    }

    private Uni<Device> move(UserId user, DeviceId id, Deed deed, Predicate<Device> move) {
        return writes.inSession(() -> own(user, id).call(device -> move(device, deed, move)));
    }

    private Uni<Void> move(Device device, Deed deed, Predicate<Device> move) {
        AuditedDevice before = AuditedDevice.of(device);
        Uni<Void> told =
                move.test(device) ? news.announce(device) : Uni.createFrom().voidItem();
        AuditedDevice after = device.deleted ? null : AuditedDevice.of(device);
        return told.chain(() -> news.tell(device, deed, before, after));
    }

    /** The device, locked until the transaction ends; a 412 when it is not the one that {@code If-Match} names. */
    private Uni<Device> own(UserId user, DeviceId id) {
        return Device.<Device>find("id = ?1 and userId = ?2 and deleted = false", id.value(), user.value())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("device", id))
                .invoke(device -> tags.check(device.version));
    }

    private void decide(Device device, DeviceSettings settings, DeviceNumbers.Number number) {
        device.decide(settings);
        numbers.write(device, settings, number);
    }

    private Uni<Void> change(Device device, DeviceBody body) {
        DeviceSettings settings = read.ofChange(body, device);
        DeviceNumbers.Number number = numbers.of(device, settings);
        byte[] knownBy = device.fingerprint;
        boolean isOther = !Arrays.equals(number.fingerprint(), knownBy);
        AuditedDevice before = AuditedDevice.of(device);
        return numbers.refuseTwin(device, number)
                .invoke(() -> change(device, settings, number, isOther))
                .chain(() -> device.flush())
                .call(() -> isOther
                        ? numbers.takeOver(device, knownBy)
                        : Uni.createFrom().nullItem())
                .chain(() -> news.announce(device))
                .chain(() ->
                        news.tell(device, Deed.EDITED, before, AuditedDevice.of(device, body.credential() != null)));
    }

    private void change(Device device, DeviceSettings settings, DeviceNumbers.Number number, boolean isOther) {
        decide(device, settings, number);
        device.changed(now());
        if (isOther) {
            device.rebound(now());
        }
    }

    /** As precise as the database keeps it, so that an answer is the same before and after. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

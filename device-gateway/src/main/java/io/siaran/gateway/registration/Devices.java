package io.siaran.gateway.registration;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siaran.gateway.device.Credential;
import io.siaran.gateway.device.CredentialVault;
import io.siaran.gateway.device.DeviceConfig;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.SessionOutbox;
import io.siaran.model.DeviceId;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.model.Wire;
import io.siaran.rest.PageRequest;
import io.siaran.rest.PhoneField;
import io.siaran.rest.Refusal;
import io.siaran.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.hibernate.exception.ConstraintViolationException;

/** What a user does with its devices. Another user's device does not exist. */
@ApplicationScoped
class Devices {

    private static final String TAKE_NUMBER = Sql.load(Devices.class, "take-number.sql");
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final CredentialVault vault;
    private final DeviceConfig config;
    private final ServerAddresses addresses;
    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();

    Devices(CredentialVault vault, DeviceConfig config, ServerAddresses addresses, Clock clock) {
        this.vault = vault;
        this.config = config;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** @throws Refusal when a field is wrong (400) or the number is registered already, by whomever (409) */
    @WithTransaction
    Uni<Device> register(UserId user, NewDevice asked) {
        DeviceSettings settings = asked.settings(addresses);
        Device device = Device.registered(newId(), user, asked.platformKind(), clock.instant());
        device.phone = digits(asked.phone());
        decide(device, settings);
        return unlessTwin(device, device.persistAndFlush())
                .call(Devices::takeNumber)
                .call(this::announce);
    }

    /** @throws Refusal when a field is wrong (400) or the number is registered already, by whomever (409) */
    @WithTransaction
    Uni<Device> patch(UserId user, DeviceId id, DevicePatch asked) {
        return own(user, id).call(device -> {
            byte[] before = device.fingerprint;
            decide(device, asked.over(device, addresses));
            device.changed(clock.instant());
            boolean isOther = !Arrays.equals(before, device.fingerprint);
            if (isOther) {
                device.rebound(clock.instant());
            }
            return unlessTwin(device, device.flush().replaceWith(device))
                    .call(() -> isOther ? takeNumber(device) : Uni.createFrom().nullItem())
                    .call(this::announce);
        });
    }

    @WithSession
    Uni<Device> find(UserId user, DeviceId id) {
        return Device.<Device>find("id = ?1 and userId = ?2 and deleted = false", id.value(), user.value())
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("device", id));
    }

    @WithSession
    Uni<List<Device>> list(UserId user, PageRequest page) {
        UUID after = page.after(UUID::fromString).orElse(BEFORE_ALL);
        return Device.<Device>find("userId = ?1 and deleted = false and id > ?2 order by id", user.value(), after)
                .range(0, page.limit())
                .list();
    }

    @WithTransaction
    Uni<Device> pause(UserId user, DeviceId id) {
        return change(user, id, device -> device.pause(clock.instant()));
    }

    @WithTransaction
    Uni<Device> resume(UserId user, DeviceId id) {
        return change(user, id, device -> device.resume(clock.instant()));
    }

    @WithTransaction
    Uni<Device> delete(UserId user, DeviceId id) {
        return change(user, id, device -> {
            device.remove(clock.instant());
            return true;
        });
    }

    /** Tells the others of this device in the transaction that changed it. */
    Uni<Void> announce(Device device) {
        OutboxRecord snapshot = new OutboxRecord(Topic.DEVICES, device.id.toString(), device.snapshot());
        return Panache.getSession().chain(session -> SessionOutbox.append(session, snapshot));
    }

    private Uni<Device> change(UserId user, DeviceId id, Predicate<Device> move) {
        return own(user, id)
                .call(device ->
                        move.test(device) ? announce(device) : Uni.createFrom().voidItem());
    }

    /** The device, locked until the transaction ends. */
    private Uni<Device> own(UserId user, DeviceId id) {
        return Device.<Device>find("id = ?1 and userId = ?2 and deleted = false", id.value(), user.value())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("device", id));
    }

    private UUID newId() {
        return TimeOrderedId.v7(clock.instant(), random);
    }

    private String digits(String phone) {
        return phone == null
                ? null
                : PhoneField.parse("phone", phone, config.defaultRegion()).digits();
    }

    private void decide(Device device, DeviceSettings settings) {
        Credential credential =
                settings.credential() == null ? vault.open(device.id, device.credential) : settings.credential();
        if (settings.credential() != null) {
            device.credential = vault.seal(device.id, credential);
        }
        device.decide(settings);
        device.fingerprint = vault.fingerprint(Wire.read(Platform.class, device.platform), device.baseUrl, credential);
    }

    private static Uni<Integer> takeNumber(Device device) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(TAKE_NUMBER)
                        .setParameter(1, device.id)
                        .executeUpdate());
    }

    /** The friendly answer first; the unique index decides between two that come at once. */
    private static Uni<Device> unlessTwin(Device device, Uni<Device> write) {
        return Device.<Device>find("fingerprint = ?1 and deleted = false and id <> ?2", device.fingerprint, device.id)
                .firstResult()
                .onItem()
                .ifNotNull()
                .transformToUni(found -> Uni.createFrom().failure(twinOf(device, found)))
                .chain(() -> write)
                .onFailure(Devices::isTwin)
                .transform(_ -> twin());
    }

    /** Whose number it is, is told to its own user only. */
    private static Refusal twinOf(Device device, Device found) {
        return found.userId.equals(device.userId)
                ? Refusal.conflict("this number is registered already", found.id)
                : twin();
    }

    private static boolean isTwin(Throwable failure) {
        return failure instanceof ConstraintViolationException refused
                && refused.getMessage().contains("devices_fingerprint");
    }

    private static Refusal twin() {
        return Refusal.conflict("this number is registered already");
    }
}

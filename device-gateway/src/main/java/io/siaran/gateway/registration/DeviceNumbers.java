package io.siaran.gateway.registration;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.gateway.device.Credential;
import io.siaran.gateway.device.CredentialVault;
import io.siaran.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;

/** Which number each device is: one number is one device, across users. */
@ApplicationScoped
class DeviceNumbers {

    private static final String TAKE_NUMBER = "SELECT 1 FROM take_number(CAST(?1 AS uuid),"
            + " (SELECT fingerprint FROM devices WHERE id = CAST(?1 AS uuid)))";
    private static final String KEEP_CONTACTS =
            "SELECT 1 FROM keep_contacts(?1, (SELECT fingerprint FROM devices WHERE id = CAST(?2 AS uuid)))";
    private static final String LOCK_NUMBER = "SELECT 1 FROM pg_advisory_xact_lock(?1)";

    private final CredentialVault vault;

    DeviceNumbers(CredentialVault vault) {
        this.vault = vault;
    }

    /** A number, and what proves it to its platform. */
    record Number(Credential credential, byte[] fingerprint) {}

    /** The number that this device is by these settings. */
    Number of(Device device, DeviceSettings settings) {
        Credential credential =
                settings.credential() == null ? vault.open(device.id, device.credential) : settings.credential();
        String identity = settings.platform().identity(credential, settings.sessionOf(device.id));
        return new Number(credential, vault.fingerprint(settings.platform(), settings.baseUrl(), identity));
    }

    /**
     * Fails (409) where another device is that number. Whoever asks for a number waits for the transactions of others who
     * did, so the answer can name the device that came first. To be asked before the device is changed: a query flushes it.
     */
    Uni<Void> refuseTwin(Device device, Number number) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LOCK_NUMBER)
                        .setParameter(1, ByteBuffer.wrap(number.fingerprint()).getLong())
                        .getSingleResult())
                .<Device>chain(() -> Device.<Device>find(
                                "fingerprint = ?1 and deleted = false and id <> ?2", number.fingerprint(), device.id)
                        .<Device>firstResult())
                .onItem()
                .ifNotNull()
                .transformToUni(found -> Uni.createFrom().failure(twinOf(device, found)))
                .replaceWithVoid();
    }

    void write(Device device, DeviceSettings settings, Number number) {
        if (settings.credential() != null) {
            device.credential = vault.seal(device.id, number.credential());
        }
        device.fingerprint = number.fingerprint();
    }

    /** The device takes over what its number sent as other devices. */
    Uni<Void> takeOver(Device device) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(TAKE_NUMBER)
                        .setParameter(1, device.id)
                        .getSingleResult())
                .replaceWithVoid();
    }

    /** As {@link #takeOver(Device)}, of a device that its platform knew by something else before: whom it wrote to is no stranger. */
    Uni<Void> takeOver(Device device, byte[] knownBy) {
        return takeOver(device)
                .chain(Panache::getSession)
                .chain(session -> session.createNativeQuery(KEEP_CONTACTS)
                        .setParameter(1, knownBy)
                        .setParameter(2, device.id)
                        .getSingleResult())
                .replaceWithVoid();
    }

    /** Only its own user learns which device it is. */
    private static Refusal twinOf(Device device, Device found) {
        return Refusal.alreadyExists(
                "this number is registered already", found.userId.equals(device.userId) ? found.id : null);
    }
}

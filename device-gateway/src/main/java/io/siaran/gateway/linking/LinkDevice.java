package io.siaran.gateway.linking;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.device.Remembered;
import io.siaran.gateway.linking.LinkableDevices.Linkable;
import io.siaran.gateway.provider.LinkPort.Standing;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.registration.DeviceChecks;
import io.siaran.gateway.registration.LinkedNumbers;
import io.siaran.model.DeviceId;
import io.siaran.model.PhoneNumber;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Links the phones of devices whose platform lets us. Nothing of it is kept here: whoever holds the session is asked, so any
 * instance may answer. For virtual threads.
 */
@ApplicationScoped
class LinkDevice {

    private static final String BEGUN = "UPDATE devices SET link_begun = true WHERE id = $1 AND NOT link_begun";
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration HELD = Duration.ofMinutes(1);
    private static final String ANOTHERS =
            "this phone is linked to another device: log it out there first, or link another phone";

    private final Providers providers;
    private final DeviceChecks checks;
    private final LinkedNumbers numbers;
    private final LinkDeeds deeds;
    private final Database database;
    /** Devices of our own bridge whose phone was asked for since they connected. */
    private final Remembered<DeviceId, Boolean> claimed = new Remembered<>(Remembered.DEVICES);

    LinkDevice(Providers providers, DeviceChecks checks, LinkedNumbers numbers, LinkDeeds deeds, Database database) {
        this.providers = providers;
        this.checks = checks;
        this.numbers = numbers;
        this.deeds = deeds;
        this.database = database;
    }

    /**
     * Begins, or goes on where it is on its way. What is begun at the installation's own bridge is written down first: it has to
     * be ended with its device. At a server of the tenant's the phone stays linked; whoever runs it decides.
     */
    Standing begin(Linkable linkable) {
        if (linkable.device().platform().isOurOwn()) {
            database.run(BEGUN, linkable.device().id().value());
        }
        Standing standing = linkable.port().begin(linkable.device());
        if (!(standing.health() instanceof Health.Connected)) {
            deeds.begun(linkable.device().id());
        }
        return noted(linkable, standing);
    }

    Standing standing(Linkable linkable) {
        return noted(linkable, linkable.port().standing(linkable.device()));
    }

    /** A check like any other: that a phone is linked is known at once, and lifts a hold only where it was not before. */
    private Standing noted(Linkable linkable, Standing standing) {
        ConnectedDevice device = linkable.device();
        if (standing.health() instanceof Health.Connected) {
            if (isAnothers(device, standing)) {
                return refused(linkable);
            }
            deeds.linked(device.id());
        }
        if (!(standing.health() instanceof Health.CannotBeAsked)) {
            checks.observed(device.id(), device.version(), standing.health());
        }
        return standing;
    }

    /** A server of the tenant's may say any number: believed, it could have somebody else's phone logged out. */
    private boolean isAnothers(ConnectedDevice device, Standing standing) {
        return standing.phone()
                .filter(phone -> device.platform().isOurOwn() && phone.matches("[1-9][0-9]{6,14}"))
                .filter(phone -> !numbers.claim(device.id(), new PhoneNumber(phone)))
                .isPresent();
    }

    /**
     * Whether a device that is connected may speak: it is asked for its phone once after each link, so that a phone is one device
     * also where nobody looks at its page.
     */
    Health checked(ConnectedDevice device, Health health) {
        if (!(health instanceof Health.Connected)) {
            claimed.forget(device.id());
            return health;
        }
        if (!device.platform().isOurOwn() || claimed.get(device.id()).isPresent()) {
            return health;
        }
        claimed.put(device.id(), true);
        Standing standing = providers
                .of(device.platform())
                .linking()
                .map(port -> standing(new Linkable(device, port)))
                .orElseThrow();
        if (!(standing.health() instanceof Health.Connected)) {
            claimed.forget(device.id());
        }
        return standing.health();
    }

    /** Two devices of one phone would speak with no pause between them. Where it cannot be logged out it is held all the same. */
    private Standing refused(Linkable linkable) {
        ConnectedDevice device = linkable.device();
        linkable.port().unlink(device);
        checks.refused(device.id(), device.version(), RefusalCause.LOGGED_OUT, ANOTHERS, HELD);
        return new Standing(
                new Health.Refused(RefusalCause.LOGGED_OUT, ANOTHERS), false, Optional.empty(), Optional.empty());
    }

    /**
     * Where nothing is ever scanned, to ask for a code is to begin: nobody has another way to.
     *
     * @throws Refusal a 409 where no code can be had now
     */
    String pairingCode(Linkable linkable, PhoneNumber phone) {
        if (!linkable.port().canBeScanned()) {
            begin(linkable);
        }
        return linkable.port()
                .pairingCode(linkable.device(), phone)
                .orElseThrow(() -> Refusal.conflict("no phone can be linked by a code now: begin, and ask again"));
    }

    /** @throws Refusal a 503 where the platform could not be told */
    void unlink(Linkable linkable) {
        if (!linkable.port().unlink(linkable.device())) {
            throw Refusal.unavailable("its phone cannot be logged out just now", LATER);
        }
        deeds.loggedOut(linkable.device().id());
        claimed.forget(linkable.device().id());
        checks.told(linkable.device().id(), new Health.NotConnected("its phone was logged out"));
    }
}

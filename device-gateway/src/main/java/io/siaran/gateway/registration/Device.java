package io.siaran.gateway.registration;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.siaran.gateway.device.JsonColumns;
import io.siaran.gateway.device.Platform;
import io.siaran.model.UserId;
import io.siaran.rest.Refusal;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

/** A registered device. Each method that changes what others see raises the version and says whether it did. */
@Entity
@Table(name = "devices")
// Only what changed is written: an observation must not overwrite the next check that another instance has claimed.
@DynamicUpdate
class Device extends PanacheEntityBase {

    /** Due since ever: the next look for due devices takes it. */
    static final Instant AT_ONCE = Instant.EPOCH;

    @Id
    UUID id;

    @Column(name = "user_id", updatable = false)
    String userId;

    String name;
    String phone;

    /** Which phone was linked to it last through us; {@link LinkedNumbers} says so. */
    @Column(name = "linked_phone", insertable = false)
    String linkedPhone;

    String platform;

    @Column(name = "base_url")
    String baseUrl;

    String session;

    byte[] credential;
    byte[] fingerprint;

    @Embedded
    StoredState stored = new StoredState();

    @Column(name = "last_seen")
    Instant lastSeen;

    /** Since when its platform cannot be asked, or null; only {@link DeviceChecks} writes it. */
    @Column(name = "unreachable_since", insertable = false, updatable = false)
    Instant unreachableSince;

    /** How much in need of somebody it is, 0 the most; the database says so. */
    @Column(insertable = false, updatable = false)
    int trouble;

    @Column(name = "min_delay")
    Integer minDelay;

    @Column(name = "max_delay")
    Integer maxDelay;

    @Column(name = "time_zone")
    String timeZone;

    @Column(name = "anti_spam")
    String antiSpam;

    @Column(name = "hourly_cap")
    Integer hourlyCap;

    @Column(name = "daily_cap")
    Integer dailyCap;

    @Column(name = "cold_daily_cap")
    Integer coldDailyCap;

    @Column(name = "first_contact_cap")
    Integer firstContactCap;

    @Column(name = "warm_up")
    boolean warmUp;

    @Column(name = "auto_slow")
    boolean autoSlow;

    /** By how much its pauses are stretched; {@link AutoSlow} raises it, and 1 is what it is without. */
    @Column(name = "slow_factor")
    int slowFactor;

    @Column(name = "quiet_hours")
    String quietHours;

    @Column(name = "unknown_policy")
    String unknownPolicy;

    String greetings;

    boolean typing;

    @Column(name = "check_numbers")
    boolean checkNumbers;

    @Column(name = "callback_generation")
    int callbackGeneration;

    @Column(name = "callback_rotated_at")
    Instant callbackRotatedAt;

    @Column(name = "next_check_at")
    Instant nextCheckAt;

    long version;
    boolean deleted;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    /** When its version last rose. */
    @Column(name = "updated_at")
    Instant updatedAt;

    /** Born offline; its first check is due at once. */
    static Device registered(UUID id, UserId user, DeviceSettings settings, Instant now) {
        Device device = new Device();
        device.id = id;
        device.userId = user.value();
        device.platform = settings.platform().wire();
        device.createdAt = now;
        device.updatedAt = now;
        device.version = 1;
        device.callbackGeneration = 1;
        device.slowFactor = 1;
        device.stored.write(DeviceState.registered(now));
        device.nextCheckAt = AT_ONCE;
        return device;
    }

    /** Takes over the settings, but not the credential: {@link DeviceNumbers} seals it. */
    void decide(DeviceSettings settings) {
        name = settings.name();
        phone = settings.phone() == null ? null : settings.phone().digits();
        baseUrl = settings.baseUrl();
        session = settings.sessionOf(id);
        minDelay = settings.minDelay();
        maxDelay = settings.maxDelay();
        timeZone = settings.timeZone();
        antiSpam = settings.antiSpam().wire();
        hourlyCap = settings.hourlyCap();
        dailyCap = settings.dailyCap();
        coldDailyCap = settings.coldDailyCap();
        firstContactCap = settings.firstContactDailyCap();
        warmUp = settings.warmUp();
        autoSlow = settings.autoSlow();
        slowFactor = autoSlow ? slowFactor : 1;
        quietHours = JsonColumns.column(settings.quietHours());
        unknownPolicy = settings.unknownPolicy().wire();
        greetings = JsonColumns.column(settings.greetings());
        typing = settings.typing();
        checkNumbers = settings.checkNumbers();
    }

    /** Its settings were changed: nothing that was prepared with the old ones goes out, and its server is asked at once. */
    void changed(Instant now) {
        raiseVersion(now);
        nextCheckAt = AT_ONCE;
    }

    /** Its server, or who it is there, is another: what was known of it is not any more. */
    void rebound(Instant now) {
        stored.write(state().rebound(now));
    }

    boolean pause(Instant now) {
        return move(state().paused(now), now);
    }

    boolean resume(Instant now) {
        nextCheckAt = AT_ONCE;
        return move(state().resumed(now), now);
    }

    /** Its callbacks come to another address from now on, and for a while to the one before as well. */
    void rotateCallback(Instant now) {
        callbackGeneration++;
        callbackRotatedAt = now;
    }

    /** Its number is free for another registration; the row stays for the journal's sake. */
    void remove(Instant now) {
        deleted = true;
        linkedPhone = null;
        raiseVersion(now);
    }

    /** Its owner's server, or its platform's; null where it is the installation's own, which has no address for tenants. */
    String ownServer() {
        return Platform.find(platform).filter(Platform::isOurOwn).isPresent() ? null : baseUrl;
    }

    /** @throws Refusal (a 409) when only a newer version knows it */
    Platform knownPlatform() {
        return Platform.find(platform)
                .orElseThrow(() -> Refusal.conflict("this version does not know the device's platform"));
    }

    DeviceState state() {
        return stored.read();
    }

    private boolean move(DeviceState next, Instant now) {
        if (next.equals(state())) {
            return false;
        }
        stored.write(next);
        raiseVersion(now);
        return true;
    }

    private void raiseVersion(Instant now) {
        version++;
        updatedAt = now;
    }
}

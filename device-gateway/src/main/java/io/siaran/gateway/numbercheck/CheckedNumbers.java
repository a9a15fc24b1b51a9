package io.siaran.gateway.numbercheck;

import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Remembered;
import io.siaran.gateway.provider.NumberCheck;
import io.siaran.gateway.provider.NumberCheck.Presence;
import io.siaran.gateway.provider.Providers;
import io.siaran.model.DeviceId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Send;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Which numbers are on WhatsApp, remembered for 30 days: a user's campaigns ask once for each person. For virtual threads.
 */
@ApplicationScoped
public class CheckedNumbers {

    private static final String KNOWN = Sql.load(CheckedNumbers.class, "known-number.sql");
    private static final String REMEMBER = Sql.load(CheckedNumbers.class, "remember-number.sql");
    private static final String FORGET = Sql.load(CheckedNumbers.class, "forget-numbers.sql");
    private static final int BATCH = 5_000;

    /** A question that is not answered takes a whole time-out of a turn: one a minute of a device is enough. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Database database;
    private final Providers providers;
    private final Clock clock;
    /** Until when a device whose platform did not answer is not asked for. */
    private final Remembered<DeviceId, Instant> silent = new Remembered<>(Remembered.DEVICES);

    CheckedNumbers(Database database, Providers providers, Clock clock) {
        this.database = database;
        this.providers = providers;
        this.clock = clock;
    }

    /**
     * Whether the person of that message is known not to be on WhatsApp. Asks the platform where the message, or else its device,
     * wants that and nobody did lately.
     */
    public boolean isAbsent(ConnectedDevice device, Send send) {
        Optional<NumberCheck> check = providers.of(device.platform()).numberCheck();
        return check.isPresent() && isAbsent(device, send, check.get());
    }

    private boolean isAbsent(ConnectedDevice device, Send send, NumberCheck check) {
        UserId user = send.userId();
        PhoneNumber number = send.recipientPhone();
        Optional<Row> row = StreamSupport.stream(
                        database.run(KNOWN, device.id().value(), user.value(), number.digits(), send.checkNumber())
                                .spliterator(),
                        false)
                .findFirst();
        if (row.isEmpty()) {
            return false;
        }
        Boolean known = row.get().getBoolean("on_whatsapp");
        return known == null ? ask(device, user, number, check) == Presence.NOT_ON_WHATSAPP : !known;
    }

    private Presence ask(ConnectedDevice device, UserId user, PhoneNumber number, NumberCheck check) {
        if (silent.get(device.id()).filter(clock.instant()::isBefore).isPresent()) {
            return Presence.CANNOT_BE_ASKED;
        }
        Presence presence = check.check(device, number);
        if (presence == Presence.CANNOT_BE_ASKED) {
            silent.put(device.id(), clock.instant().plus(SILENCE));
        } else {
            silent.forget(device.id());
            database.run(REMEMBER, user.value(), number.digits(), presence == Presence.ON_WHATSAPP);
        }
        return presence;
    }

    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forget() {
        while (database.run(FORGET, BATCH).rowCount() == BATCH) {
            // There may be more.
        }
    }
}

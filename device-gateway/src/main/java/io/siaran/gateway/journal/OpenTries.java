package io.siaran.gateway.journal;

import io.siaran.gateway.breaker.Judgement;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.provider.Lookup;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.kafka.Outbox;
import io.siaran.model.DeviceId;
import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tries whose outcome is unknown: which are to be looked up, and what a look-up proves. For virtual threads. */
@ApplicationScoped
public class OpenTries {

    private static final String CLAIM = Sql.load(OpenTries.class, "claim-lookups.sql");
    private static final String LOCK = Sql.load(OpenTries.class, "lock-device-pacing.sql");
    private static final String SETTLE = Sql.load(OpenTries.class, "settle-found.sql");
    private static final String SETTLE_REFUSED = Sql.load(OpenTries.class, "settle-refused.sql");

    /** Of a message that WhatsApp refused because of whom the device writes to: until when is not known any more. */
    private static final Duration RESTRICTED_FOR = Duration.ofHours(1);

    private final Database database;
    private final Outbox outbox;

    OpenTries(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    /**
     * A try whose outcome is unknown.
     *
     * @param host of its device's server
     * @param text as the platform was given it
     */
    public record OpenTry(
            MessageId message,
            int tryNo,
            DeviceId device,
            String host,
            PhoneNumber recipient,
            String text,
            Instant began) {

        public Lookup.Sought sought() {
            return new Lookup.Sought(message, recipient, text, began);
        }

        @Override
        public String toString() {
            return "OpenTry[" + message + "]";
        }
    }

    /**
     * Those that are due, at most so many, of devices of these platforms, and none whose host's breaker is open; no other
     * instance gets them meanwhile.
     *
     * @param byOurId those of them that find a message by our id, and so one without words too
     * @param atMostOfOneHost together with what is under way there
     * @param underWay questions at each host that has not answered yet
     */
    public List<OpenTry> claim(
            int atMost,
            Set<Platform> platforms,
            Set<Platform> byOurId,
            int atMostOfOneHost,
            Map<String, Integer> underWay) {
        List<OpenTry> claimed = new ArrayList<>();
        List<Map.Entry<String, Integer>> busy = List.copyOf(underWay.entrySet());
        Columns<Map.Entry<String, Integer>> hosts = new Columns<>(busy);
        for (Row row : database.run(
                CLAIM,
                atMost,
                names(platforms),
                atMostOfOneHost,
                hosts.texts(Map.Entry::getKey),
                hosts.integers(Map.Entry::getValue),
                names(byOurId))) {
            claimed.add(new OpenTry(
                    new MessageId(row.getUUID("message_id")),
                    row.getInteger("try_no"),
                    new DeviceId(row.getUUID("device_id")),
                    row.getString("host"),
                    new PhoneNumber(row.getString("phone")),
                    row.getString("sent_text"),
                    row.getOffsetDateTime("started_at").toInstant()));
        }
        return claimed;
    }

    private static String[] names(Set<Platform> platforms) {
        return platforms.stream().map(Platform::wire).toArray(String[]::new);
    }

    /** The platform says that it refused it. Answers whether the try was still unknown; then it ends so, and that is published. */
    public boolean settleAsRefused(OpenTry open, SendOutcome refusal) {
        CallOutcome end = CallOutcome.of(refusal, Judgement.NONE, RESTRICTED_FOR);
        Long again = end.again() == null ? null : end.again().toMillis();
        boolean settled = database.run(
                                SETTLE_REFUSED,
                                open.message().value(),
                                open.tryNo(),
                                end.state(),
                                end.reason(),
                                end.detail(),
                                again)
                        .rowCount()
                > 0;
        if (settled) {
            outbox.wake();
        }
        return settled;
    }

    /**
     * The platform has messages that may be this one: the first that is no other's is it. Answers whether one was, and the
     * try was still unknown; then it is sent, and that is published.
     *
     * @param ids the platform's, oldest first
     */
    public boolean settleAsSent(OpenTry open, List<String> ids) {
        boolean settled = database.inTransaction(tx -> {
            // Two tries of a device that look alike must not become the same message: one after the other.
            tx.run(LOCK, open.device().value());
            return tx.run(SETTLE, open.message().value(), open.tryNo(), ids.toArray(String[]::new))
                            .rowCount()
                    > 0;
        });
        if (settled) {
            outbox.wake();
        }
        return settled;
    }
}

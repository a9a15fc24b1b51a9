package io.siaran.dispatch.webhook;

import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** What waits for webhooks, in the database: claimed, and written back. */
@ApplicationScoped
class Lanes {

    private static final Logger LOG = Logger.getLogger(Lanes.class);

    /** Statistics are minutes old, and a lane is there for a second: rows are looked up by index. */
    private static final String BY_INDEX =
            "SELECT set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)";

    private static final String CLAIM = Sql.load(Lanes.class, "claim.sql");
    private static final String RECORD = Sql.load(Lanes.class, "record.sql");
    private static final String HEALTH = Sql.load(Lanes.class, "health.sql");

    /** Beyond the receiver's time: connecting, the name, and what a busy process takes. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private final Database database;
    private final WebhookConfig config;

    Lanes(Database database, WebhookConfig config) {
        this.database = database;
        this.config = config;
    }

    /** Claims what is due, as far as there is room for it. */
    List<Claim> claim(InFlight.Room room) {
        var ofWebhooks = new Columns<>(List.copyOf(room.webhooks().entrySet()));
        var ofUsers = new Columns<>(List.copyOf(room.users().entrySet()));
        return database.inTransaction(tx -> {
            tx.run(BY_INDEX);
            var claimed = tx.run(
                    CLAIM,
                    room.lanes(),
                    room.ofOneWebhook(),
                    ofWebhooks.uuids(Map.Entry::getKey),
                    ofWebhooks.integers(Map.Entry::getValue),
                    ofUsers.texts(Map.Entry::getKey),
                    room.ailing(),
                    Math.toIntExact(config.patience().plus(SLACK).toMillis()),
                    ofUsers.integers(Map.Entry::getValue),
                    config.atOncePerUser());
            return StreamSupport.stream(claimed.spliterator(), false)
                    .map(Claim::of)
                    .toList();
        });
    }

    /** In two transactions: who holds a webhook waits for lanes, and must not be waited for by who holds lanes. */
    void record(List<Result> results) {
        var columns = new Columns<>(results);
        database.doInTransaction(tx -> {
            tx.run(BY_INDEX);
            tx.run(
                    RECORD,
                    columns.uuids(r -> r.claim().webhook()),
                    columns.texts(r -> r.claim().lane()),
                    columns.longs(r -> r.claim().claims()),
                    columns.longs(r -> r.claim().additions()),
                    columns.longs(Result::position),
                    columns.wires(Result::status),
                    columns.longs(Result::pauseMillis),
                    columns.integers(
                            r -> r.attempt() == null ? null : r.attempt().code()),
                    columns.integers(
                            r -> r.attempt() == null ? null : r.attempt().millis()),
                    columns.texts(r -> r.attempt() == null ? null : r.attempt().answer()),
                    columns.texts(r -> r.attempt() == null ? null : r.attempt().error()),
                    columns.texts(r -> r.claim().url()));
        });
        tell(results);
    }

    /** How the webhooks are, after these. */
    void tell(List<Result> results) {
        // In the order of their ids: two processes that tell of the same webhooks wait for each other.
        Map<Receiver, List<Result>> byReceiver = results.stream()
                .collect(Collectors.groupingBy(
                        r -> new Receiver(r.claim().webhook(), r.claim().url()),
                        () -> new TreeMap<>(Receiver.ORDER),
                        Collectors.toList()));
        List<Map.Entry<Receiver, List<Result>>> worthTelling = new ArrayList<>(byReceiver.entrySet());
        worthTelling.removeIf(each ->
                each.getValue().stream().noneMatch(r -> r.failed() || r.claim().ailing()));
        if (worthTelling.isEmpty()) {
            return;
        }
        var columns = new Columns<>(worthTelling);
        for (Row disabled : database.run(
                HEALTH,
                columns.uuids(each -> each.getKey().webhook()),
                columns.booleans(each -> each.getValue().stream().anyMatch(Result::arrived)),
                columns.integers(each ->
                        (int) each.getValue().stream().filter(Result::failed).count()),
                columns.booleans(each -> each.getValue().stream()
                        .anyMatch(r -> r.failed() && r.attempt().isGone())),
                config.failuresUntilRest(),
                Math.toIntExact(config.rest().toSeconds()),
                Math.toIntExact(config.disabledAfter().toSeconds()),
                columns.texts(each -> each.getKey().url()))) {
            LOG.warnf(
                    "a webhook is disabled webhook=%s reason=%s failures=%d",
                    disabled.getUUID("id"), disabled.getString("disabled_reason"), disabled.getInteger("failures"));
        }
    }

    /** Where a webhook was when something was sent there. */
    private record Receiver(UUID webhook, String url) {

        static final Comparator<Receiver> ORDER =
                Comparator.comparing(Receiver::webhook).thenComparing(Receiver::url);
    }
}

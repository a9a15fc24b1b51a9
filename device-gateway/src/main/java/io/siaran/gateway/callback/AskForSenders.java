package io.siaran.gateway.callback;

import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.device.CallbackConfig;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.journal.Housekeeping;
import io.siaran.gateway.provider.LidLookup;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.provider.Questions;
import io.siaran.model.DeviceId;
import io.siaran.model.PhoneNumber;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks the platforms that can tell who hides behind a LID. What stays unknown stays kept: a receipt, or another message of the same
 * person, may tell later.
 */
@ApplicationScoped
class AskForSenders {

    private static final Logger LOG = Logger.getLogger(AskForSenders.class);
    private static final String CLAIM = Sql.load(AskForSenders.class, "claim-hidden.sql");
    private static final String LEARN = Sql.load(AskForSenders.class, "learn-lid.sql");
    private static final int AT_ONCE = 20;
    private static final int AT_ONE_HOST = 5;

    private record Hidden(DeviceId device, String lid, String host) {}

    private final Database database;
    private final ConnectedDevices devices;
    private final Providers providers;
    private final Housekeeping housekeeping;
    private final int hours;
    private final Questions questions = new Questions(AT_ONCE, AT_ONE_HOST);

    AskForSenders(
            Database database,
            ConnectedDevices devices,
            Providers providers,
            Housekeeping housekeeping,
            CallbackConfig config) {
        this.database = database;
        this.devices = devices;
        this.providers = providers;
        this.housekeeping = housekeeping;
        this.hours = Math.toIntExact(config.askForSender().toHours());
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void askForSenders() {
        housekeeping.run("asking who wrote", this::askForSome);
    }

    /** Asks for some that are due, all at once, and answers whether there may be more. */
    boolean askForSome() {
        int room = questions.room();
        List<Hidden> due = room <= 0 ? List.of() : claim(room);
        questions.ask(due, Hidden::host, this::ask);
        return !due.isEmpty();
    }

    private List<Hidden> claim(int atMost) {
        Columns<Map.Entry<String, Integer>> busy =
                new Columns<>(List.copyOf(questions.underWay().entrySet()));
        List<Hidden> claimed = new ArrayList<>();
        for (Row row : database.run(
                CLAIM,
                atMost,
                hours,
                platforms(),
                questions.atOneHost(),
                busy.texts(Map.Entry::getKey),
                busy.integers(Map.Entry::getValue))) {
            claimed.add(
                    new Hidden(new DeviceId(row.getUUID("device_id")), row.getString("lid"), row.getString("host")));
        }
        return claimed;
    }

    /** Those that can be asked. */
    private String[] platforms() {
        return providers.platforms().stream()
                .filter(platform -> providers.of(platform).lids().isPresent())
                .map(Platform::wire)
                .toArray(String[]::new);
    }

    private void ask(Hidden hidden) {
        try {
            devices.get(hidden.device())
                    .flatMap(device -> phone(device, hidden.lid()))
                    .ifPresent(phone -> learn(hidden, phone));
        } catch (RuntimeException failure) {
            LOG.warnf("who wrote could not be asked device=%s: %s", hidden.device(), failure.toString());
        }
    }

    private Optional<PhoneNumber> phone(ConnectedDevice device, String lid) {
        Optional<LidLookup> lookup = providers.of(device.platform()).lids();
        return lookup.isEmpty() || providers.forbidden(device).isPresent()
                ? Optional.empty()
                : lookup.get().phoneOf(device, lid);
    }

    /** One at a time: however many answers come at once, they take one connection. */
    private synchronized void learn(Hidden hidden, PhoneNumber phone) {
        database.run(LEARN, hidden.device().value(), hidden.lid(), phone.digits());
    }
}

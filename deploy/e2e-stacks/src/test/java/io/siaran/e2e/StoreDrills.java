package io.siaran.e2e;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** What goes wrong with databases, Kafka, records and receivers of events. */
final class StoreDrills implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String DISK_IS_FULL = "53100";
    private static final String BAD_DATA = "22000";
    private static final Duration SLOW = Duration.ofSeconds(3);

    private final PackagedStack.Running siaran;
    private final Map<String, Object> kafka;
    private final HttpServer receiver;
    private volatile boolean receiverIsSlow = true;

    StoreDrills(PackagedStack.Running siaran) {
        this.siaran = siaran;
        this.kafka = Map.of("bootstrap.servers", siaran.kafka());
        this.receiver = receiver();
    }

    List<Drill> all() {
        return List.of(
                badRecords(),
                aSilentHostHoldsTheLock(),
                diskIsFull(),
                aHiddenPersonSaysStop(),
                repliesAreNotStored(),
                countsAreWrong(),
                devicesAreSilent(),
                aReceiverIsSlow());
    }

    private Drill badRecords() {
        return new Drill(
                "a record that nobody can read, and one that only a later version knows",
                Set.of("SiaranDeadLetters", "SiaranRecordsParked"),
                () -> {
                    try (KafkaProducer<String, String> producer =
                            new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
                        // Closing it waits until Kafka has them.
                        var _ = producer.send(new ProducerRecord<>("delivery-events", "drill", "{"));
                        var _ = producer.send(new ProducerRecord<>("delivery-events", "drill", """
                                {"record":"of_tomorrow","message_id":"019375a5-7d00-8e98-98cc-d62e190a0be8"}"""));
                    }
                },
                () -> {});
    }

    private Drill aSilentHostHoldsTheLock() {
        ServiceDatabase database = siaran.database(Service.SEQUENCE);
        Shop shop = siaran.shop("drill-lock");
        AtomicReference<ServiceDatabase.Lock> lock = new AtomicReference<>();
        return new Drill(
                "a host that vanished holds the lock by which a service tells others",
                Set.of("SiaranOutboxStuck of sequence"),
                () -> {
                    lock.set(database.takeAway("siaran-outbox-relay"));
                    shop.activeSequence("Drill", "drill_lock", "Hi");
                },
                () -> lock.get().close());
    }

    private Drill diskIsFull() {
        ServiceDatabase database = siaran.database(Service.SEQUENCE);
        Shop shop = siaran.shop("drill-disk");
        return new Drill(
                "the disk of a service's database is full",
                Set.of("SiaranIntakeStuck of sequence", "SiaranConsumerLagging of sequence"),
                () -> {
                    database.refuse("leads", "true", DISK_IS_FULL);
                    shop.leads(40, "merah", shop.device("merah"), "drill", "");
                },
                () -> database.take("leads"));
    }

    private Drill aHiddenPersonSaysStop() {
        Shop shop = siaran.shop("drill-hidden");
        return new Drill(
                "somebody answers STOP, and the platform hides who",
                Set.of("SiaranStopOfUnknownSender"),
                () -> {
                    shop.heard("merah");
                    reply(shop, "STOP", true);
                },
                () -> handleHiddenStops(shop.crm()));
    }

    /** As the runbook says it, where nobody can find out who it was. */
    private static void handleHiddenStops(Crm operator) {
        String stops = operator.exchange("GET", "/inbound-messages?hidden_stop=true", "")
                .body();
        Crm.each(Crm.tree(stops).path("items"))
                .forEach(stop ->
                        operator.post("/inbound-messages/" + stop.path("id").asText() + "/handled", ""));
    }

    private Drill repliesAreNotStored() {
        ServiceDatabase database = siaran.database(Service.GATEWAY);
        Shop shop = siaran.shop("drill-replies");
        return new Drill(
                "the gateway's database refuses one reply, then its disk is full",
                Set.of("SiaranRowsSetAside of gateway", "SiaranCallbacksWait"),
                () -> {
                    shop.heard("merah");
                    // One statement stores the replies of all devices: what the other drill needs has to be there
                    // before.
                    await().atMost(PATIENCE)
                            .until(() ->
                                    database.number("SELECT count(*) FROM inbound_messages WHERE phone IS NULL") == 1);
                    database.refuse("inbound_messages", "true", BAD_DATA);
                    reply(shop, "Berapa?", false);
                    await().atMost(PATIENCE)
                            .until(() ->
                                    database.number("SELECT count(*) FROM callback_inbox WHERE failures > 0") == 1);
                    database.take("inbound_messages");
                    database.refuse("inbound_messages", "true", DISK_IS_FULL);
                    reply(shop, "Ada lagi?", false);
                },
                () -> database.take("inbound_messages"));
    }

    private void reply(Shop shop, String text, boolean hidden) {
        String device = shop.credentials().iterator().next();
        siaran.ledger()
                .tell(
                        "/control/replies",
                        Crm.json(Map.of(
                                "platform",
                                "wablas",
                                "device",
                                device,
                                "phone",
                                "60137770000",
                                "text",
                                text,
                                "lid_only",
                                hidden,
                                "id",
                                device + text)));
    }

    private Drill countsAreWrong() {
        ServiceDatabase database = siaran.database(Service.DISPATCH);
        return new Drill(
                "somebody changes the counts of dispatch-service's database by hand",
                Set.of("SiaranCountsMismatch"),
                () -> {
                    await().atMost(PATIENCE).until(() -> database.number("SELECT count(*) FROM message_counts") > 0);
                    database.run("""
                            INSERT INTO message_counts (id_day, user_id, planned_day, device_id, kind, run, pending, processing, sent,
                              failed, cancelled, unknown, delivered, read)
                            SELECT id_day, 'drill', planned_day, device_id, kind, run, 0, 0, 1, 0, 0, 0, 0, 0 FROM message_counts LIMIT 1""");
                },
                () -> database.run("DELETE FROM message_counts WHERE user_id = 'drill'"));
    }

    private Drill devicesAreSilent() {
        Shop shop = siaran.shop("drill-pause");
        AtomicReference<UUID> device = new AtomicReference<>();
        return new Drill(
                "a device is paused until its messages expire",
                Set.of("SiaranMessagesAboutToExpire"),
                () -> {
                    device.set(shop.device("merah"));
                    shop.crm().desk().pause(device.get());
                    shop.message(device.get(), "60137770001", "Hi");
                },
                () -> shop.crm().desk().resume(device.get()));
    }

    private Drill aReceiverIsSlow() {
        Shop shop = siaran.shop("drill-webhook");
        return new Drill(
                "a receiver of webhooks needs three seconds for each event",
                Set.of("SiaranWebhooksLate of dispatch", "SiaranWebhookDelayBurnsFast", "SiaranWebhookDelayBurnsSlow"),
                () -> {
                    shop.crm()
                            .desk()
                            .webhook("http://127.0.0.1:" + receiver.getAddress().getPort());
                    UUID device = shop.device("merah");
                    IntStream.range(0, 60)
                            .forEach(number -> shop.message(device, "6013778%04d".formatted(number), "Hi"));
                },
                () -> receiverIsSlow = false);
    }

    private HttpServer receiver() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                if (receiverIsSlow) {
                    LockSupport.parkNanos(SLOW.toNanos());
                }
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        receiver.stop(0);
    }
}

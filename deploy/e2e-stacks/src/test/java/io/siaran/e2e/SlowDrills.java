package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.localstack.Ports;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** What services notice by looks that are half a minute or a minute apart, what takes hours, and what goes wrong at the bridge. */
final class SlowDrills {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String BAD_DATA = "22000";
    private static final String PHONE = "6013755%04d";

    /** Before twenty receipts nobody knows what is usual for a device, and twenty that are missing are not chance. */
    private static final int ENOUGH = 25;

    private static final int A_FEW = 8;
    /** Of what comes sooner after the last ones nothing is learnt. */
    private static final Duration HABITS_ARE_NOTED = Duration.ofSeconds(11);

    private static final int LATE_DEVICES = 8;
    /** A second apart each: they go out for as long as the rules look back. */
    private static final int LATE_MESSAGES = 40;

    private static final String LATE_BY = "7 hours";
    private static final String UNREADABLE = "Ini tidak terbaca";

    private final PackagedStack.Running siaran;
    private final Bridges bridges;
    private final ServiceDatabase gateway;
    private final ServiceDatabase dispatch;

    SlowDrills(PackagedStack.Running siaran, Bridges bridges) {
        this.siaran = siaran;
        this.bridges = bridges;
        this.gateway = siaran.database(Service.GATEWAY);
        this.dispatch = siaran.database(Service.DISPATCH);
    }

    List<Drill> all() {
        return List.of(
                messagesAreLost(),
                receiptsStop(),
                theAuditIsLockedOut(),
                devicesStoodForHours(),
                theBridgeIsNotHeard());
    }

    private Drill messagesAreLost() {
        return new Drill(
                "a database refuses a message of a campaign, which becomes a dead letter until it is redriven",
                Set.of("SiaranFanOutGivenUp"),
                () -> {
                    Shop shop = siaran.shop("drill-lost");
                    shop.leads(3, "merah", shop.device("merah"), "drill-lost", "");
                    String one = shop.deviceOfPhone().keySet().iterator().next();
                    dispatch.refuse("broadcast_messages", "NEW.recipient_phone = '%s'".formatted(one), BAD_DATA);
                    shop.triggeredCampaign("Drill", "drill-lost", "Hi");
                },
                () -> {
                    dispatch.take("broadcast_messages");
                    redrive("broadcast-messages");
                });
    }

    /** As docs/operations.md says it. */
    private void redrive(String topic) {
        String libraries = PackagedStack.REPOSITORY.resolve("dispatch-service/target/quarkus-app/lib/main") + "/*";
        try {
            int code = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-cp",
                            libraries,
                            "io.siaran.kafka.DeadLetters",
                            "--kafka",
                            siaran.kafka(),
                            "redrive",
                            topic)
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(code).isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ending);
        }
    }

    private Drill receiptsStop() {
        Shop shop = siaran.shop("drill-receipts");
        AtomicReference<UUID> device = new AtomicReference<>();
        return new Drill(
                "a platform that told of every message has another address to tell it to",
                Set.of("SiaranReceiptsStopped"),
                () -> {
                    device.set(shop.heard("merah"));
                    String known = "SELECT count(*) FROM receipt_habits WHERE receipts >= 20 AND device_id = '%s'"
                            .formatted(device.get());
                    await().atMost(PATIENCE).pollInterval(HABITS_ARE_NOTED).until(() -> {
                        say(shop, device.get(), A_FEW);
                        return gateway.number(known) == 1;
                    });
                    tellReceiptsTo(shop, "http://127.0.0.1:" + Ports.free(1).getFirst());
                    say(shop, device.get(), ENOUGH);
                },
                () -> {
                    tellReceiptsTo(shop, shop.callbackAddress(device.get()));
                    say(shop, device.get(), 1);
                });
    }

    private void tellReceiptsTo(Shop shop, String address) {
        siaran.ledger().tell("/control/webhooks", """
                {"platform":"wablas","device":"%s","url":"%s"}""".formatted(
                        shop.credentials().iterator().next(), address));
    }

    private Drill theAuditIsLockedOut() {
        AtomicReference<ServiceDatabase.Held> table = new AtomicReference<>();
        return new Drill(
                "a session of somebody holds the table by which the gateway audits the pace",
                Set.of("SiaranPacingNotAudited"),
                () -> table.set(gateway.hold("pacing_audit")),
                () -> table.get().close());
    }

    private Drill devicesStoodForHours() {
        return new Drill(
                "devices stood for seven hours before they go on",
                Set.of(
                        "SiaranLatenessBurnsFast",
                        "SiaranLatenessBurnsSlow",
                        "SiaranWaitBurnsFast",
                        "SiaranWaitBurnsSlow"),
                () -> {
                    Shop shop = siaran.shop("drill-hours");
                    List<UUID> devices = IntStream.range(0, LATE_DEVICES)
                            .mapToObj(number -> shop.device("late-" + number, 1, 1))
                            .toList();
                    devices.forEach(device -> shop.crm().post("/devices/" + device + "/pause", ""));
                    PlatformDrills.together(devices.stream().map(device -> () -> say(shop, device, LATE_MESSAGES)));
                    devices.forEach(this::setBack);
                    devices.forEach(device -> shop.crm().post("/devices/" + device + "/resume", ""));
                },
                () -> {});
    }

    /** No drill has seven hours: what waits for that device is as if it had been planned and taken by so much sooner. */
    private void setBack(UUID device) {
        String waiting = "FROM broadcast_messages WHERE status = 'pending' AND device_id = '%s'".formatted(device);
        await().atMost(PATIENCE).until(() -> dispatch.number("SELECT count(*) " + waiting) == LATE_MESSAGES);
        dispatch.run("""
                UPDATE broadcast_messages SET created_at = created_at - interval '%1$s',
                  scheduled_at = scheduled_at - interval '%1$s', due_at = due_at - interval '%1$s'
                WHERE status = 'pending' AND device_id = '%2$s'""".formatted(LATE_BY, device));
    }

    private Drill theBridgeIsNotHeard() {
        ServiceDatabase events = bridges.database();
        return new Drill(
                "the gateway refuses an event of the bridge for good, then it is away for the bridge",
                Set.of("SiaranBridgeEventsParked", "SiaranBridgeEventsWait"),
                () -> {
                    LinkedFleet fleet =
                            new LinkedFleet(siaran.shop("drill-bridge").crm(), bridges, "601179", 1);
                    String phone = fleet.devices().keySet().iterator().next();
                    bridges.door().refuseForGood(UNREADABLE);
                    fleet.says(PHONE.formatted(1), phone, UNREADABLE);
                    await().atMost(PATIENCE)
                            .until(() -> events.number("SELECT count(*) FROM wa_event WHERE parked") > 0);
                    bridges.door().shut();
                    fleet.says(PHONE.formatted(1), phone, "Berapa?");
                },
                () -> {
                    bridges.door().open();
                    events.run("UPDATE wa_event SET parked = false WHERE parked");
                });
    }

    private static void say(Shop shop, UUID device, int times) {
        IntStream.range(0, times).forEach(number -> shop.message(device, PHONE.formatted(number), "Hi"));
    }
}

package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.localstack.Ports;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What goes wrong at platforms, with their devices, and in the gateway that speaks to them. */
final class PlatformDrills {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PHONE = "6013766%04d";
    /** From so many on a server is in trouble and not one device. */
    private static final int DEVICES_OF_A_SERVER = 5;
    /** Three unknown outcomes silence a device; the others wait for it. */
    private static final int MESSAGES_OF_A_DEVICE = 5;

    private final PackagedStack.Running siaran;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ServiceDatabase gateway;

    PlatformDrills(PackagedStack.Running siaran) {
        this.siaran = siaran;
        this.gateway = siaran.database(Service.GATEWAY);
    }

    List<Drill> all() {
        return List.of(
                aServerFailsEverybody(), aDeviceIsRefused(), contactsAreRefused(), aServerIsAway(), badCallbacks());
    }

    /** Whatever platforms did wrong is over. */
    private void platformsAreWell() {
        siaran.ledger().holdNoCallOpen();
    }

    private Drill aServerFailsEverybody() {
        return new Drill(
                "a platform's server answers 502 to all its devices",
                Set.of(
                        "SiaranPlatformHostInTrouble",
                        "SiaranDevicesInTrouble",
                        "SiaranUnknownBurnsFast",
                        "SiaranUnknownBurnsSlow"),
                () -> together(IntStream.range(0, DEVICES_OF_A_SERVER).mapToObj(number -> () -> {
                    String sameByAnotherName = siaran.stack().simulatorUrl().replace("127.0.0.1", "localhost");
                    Shop shop = siaran.shop("drill-server-" + number, sameByAnotherName);
                    UUID device = shop.device("merah");
                    fault("html_bad_gateway", shop);
                    say(shop, device, MESSAGES_OF_A_DEVICE);
                })),
                this::platformsAreWell);
    }

    private Drill aDeviceIsRefused() {
        return new Drill(
                "a platform says that a device's credential is not valid any more",
                Set.of("SiaranDeviceRefused"),
                () -> {
                    Shop shop = siaran.shop("drill-token");
                    UUID device = shop.device("merah");
                    fault("token_expired", shop);
                    say(shop, device, 1);
                },
                this::platformsAreWell);
    }

    private Drill contactsAreRefused() {
        Shop shop = siaran.shop("drill-numbers");
        AtomicReference<UUID> device = new AtomicReference<>();
        return new Drill(
                "a platform refuses one contact of a device after the other",
                Set.of("SiaranContactsRefused"),
                () -> {
                    device.set(shop.device("merah"));
                    fault("unknown_number", shop);
                    say(shop, device.get(), 6);
                },
                () -> {
                    platformsAreWell();
                    say(shop, device.get(), 1);
                });
    }

    private Drill aServerIsAway() {
        Shop shop = siaran.shop("drill-away");
        AtomicReference<UUID> device = new AtomicReference<>();
        String nowhere = "http://127.0.0.1:" + Ports.free(1).getFirst();
        return new Drill(
                "nothing answers at the address of a device",
                Set.of("SiaranDevicesUnreachable"),
                () -> device.set(UUID.fromString(
                        shop.crm().post("/devices", deviceAt(nowhere)).get("id").asText())),
                () -> assertThat(shop.crm()
                                .exchange(
                                        "PUT",
                                        "/devices/" + device.get(),
                                        deviceAt(siaran.stack().simulatorUrl()))
                                .statusCode())
                        .isEqualTo(200));
    }

    private static String deviceAt(String server) {
        return """
                {"name":"merah","platform":"wablas","base_url":"%s/wablas","credential":"sim-drill-away"}""".formatted(server);
    }

    private Drill badCallbacks() {
        return new Drill(
                "callbacks come with a wrong secret, and others cannot be read",
                Set.of("SiaranCallbacksRefused", "SiaranCallbacksUnreadable"),
                () -> {
                    Shop shop = siaran.shop("drill-callbacks");
                    String address = shop.callbackAddress(shop.device("merah"));
                    IntStream.range(0, 130).forEach(_ -> post(address + "x", "{}"));
                    IntStream.range(0, 30).forEach(_ -> post(address, "{"));
                },
                () -> {});
    }

    /** Afterwards it is started again, as it is in a cluster. */
    Drill theGatewayIsKilledInMidCall() {
        return new Drill(
                "a gateway is killed in the middle of a call",
                Set.of("SiaranServiceDown of gateway", "SiaranCallsCut"),
                () -> {
                    Shop shop = siaran.shop("drill-kill");
                    UUID device = shop.device("merah");
                    siaran.ledger()
                            .holdEveryCallOpen(shop.credentials().iterator().next(), Duration.ofSeconds(5));
                    say(shop, device, 1);
                    await().atMost(PATIENCE)
                            .until(() -> !siaran.ledger().of(shop.credentials()).isEmpty());
                    siaran.stack().service("gateway").kill();
                },
                this::platformsAreWell);
    }

    /** By hand: no code of ours does it. */
    Drill aDeviceSpokeTooSoon() {
        return new Drill(
                "the pauses in the gateway's database are made longer by hand than they were",
                Set.of("SiaranPacingViolated"),
                () -> {
                    Shop shop = siaran.shop("drill-pace");
                    UUID device = shop.device("merah");
                    say(shop, device, 2);
                    await().atMost(PATIENCE)
                            .until(() -> siaran.ledger().of(shop.credentials()).size() == 2);
                    gateway.run("UPDATE send_journal SET delay_ms = 600000 WHERE device_id = '%s'".formatted(device));
                },
                () -> {});
    }

    /** By itself: nothing else can go wrong with a gateway meanwhile. */
    Drill theGatewayHasNoDatabase() {
        AtomicReference<ServiceDatabase.Held> away = new AtomicReference<>();
        return new Drill(
                "the gateway's database is away",
                Set.of("SiaranTurnsStuck", "SiaranOutboxStuck of gateway"),
                () -> {
                    Shop shop = siaran.shop("drill-dark");
                    UUID device = shop.device("merah");
                    away.set(gateway.away());
                    say(shop, device, 2);
                },
                () -> away.get().close());
    }

    private void fault(String kind, Shop shop) {
        siaran.ledger().tell("/control/faults", """
                {"kind":"%s","device":"%s"}""".formatted(
                        kind, shop.credentials().iterator().next()));
    }

    private static void say(Shop shop, UUID device, int times) {
        IntStream.range(0, times).forEach(number -> shop.message(device, PHONE.formatted(number), "Hi"));
    }

    private void post(String address, String body) {
        try {
            http.send(
                    HttpRequest.newBuilder(URI.create(address))
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.discarding());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ending);
        }
    }

    /** Some at a time; returns when all are done, and throws what any of them threw. */
    static void together(Stream<Runnable> works) {
        try (ExecutorService some = Executors.newFixedThreadPool(4)) {
            works.map(work -> CompletableFuture.runAsync(work, some)).toList().forEach(CompletableFuture::join);
        }
    }
}

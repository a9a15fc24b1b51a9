package io.siaran.localstack.launcher;

import io.siaran.localstack.LocalSecret;
import io.siaran.localstack.Postgres;
import io.siaran.localstack.launcher.StackSettings.Place;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The bridge to WhatsApp Web, a Node program. Where it is not linked to the real WhatsApp the fake is in the same process: both
 * only wait most of the time, and a process of its own takes 70 MiB.
 */
final class WhatsAppBridge implements AutoCloseable {

    /** One each: a session of the one is logged out by the other, or its keys are told to it. */
    private static final String OF_THE_FAKE = "bridge_fake";

    private static final String OF_THE_REAL_ONE = "bridge_real";

    private final NodeProcess process;
    private final List<String> ready;

    WhatsAppBridge(StackSettings settings, String postgres, WhatsApp whatsApp, Consumer<String> progress) {
        boolean isFake = whatsApp == WhatsApp.FAKE;
        Map<String, String> environment = new HashMap<>(environment(settings, postgres, isFake));
        // Or each start would load what makes JavaScript of TypeScript, which takes longer than all the rest and is
        // never given back.
        environment.put(
                "NODE_COMPILE_CACHE",
                settings.repository()
                        .resolve("whatsapp-bridge/target/compile-cache")
                        .toString());
        String bridge = settings.bridgeUrl() + "/health/ready";
        if (isFake) {
            // It has the certificate of the fake from the fake itself, which makes a new one at each start.
            environment.remove("NODE_EXTRA_CA_CERTS");
            environment.putAll(fakeEnvironment(settings));
        }
        this.ready = isFake ? List.of(settings.phonesUrl() + "/accounts", bridge) : List.of(bridge);
        this.process = new NodeProcess(
                "whatsapp-bridge",
                settings.repository().resolve("whatsapp-bridge"),
                isFake ? "fake/with-bridge.ts" : "src/main.ts",
                environment,
                settings.logs(),
                progress);
    }

    /** Returns when it answers, and the fake where there is one. */
    void start() {
        process.start(ready);
    }

    /** What the gateway must know to use it. */
    static Map<String, String> gatewayEnvironment(StackSettings settings) {
        return Map.of(
                "SIARAN_GATEWAY_BRIDGE_URL", settings.bridgeUrl(),
                "SIARAN_GATEWAY_BRIDGE_TOKEN", secret(settings, "bridge token"));
    }

    static String database(boolean isFake) {
        return isFake ? OF_THE_FAKE : OF_THE_REAL_ONE;
    }

    private static String secret(StackSettings settings, String label) {
        return LocalSecret.derived(settings.home().resolve("keys"), label);
    }

    /** @param isFake whether it is linked to the fake of this stack */
    static Map<String, String> environment(StackSettings settings, String postgres, boolean isFake) {
        Map<String, String> all = new HashMap<>();
        all.put("BRIDGE_PORT", Integer.toString(settings.port(Place.BRIDGE)));
        all.put("BRIDGE_OWNER", "bridge-0");
        all.put("BRIDGE_TOKEN", secret(settings, "bridge token"));
        all.put("BRIDGE_KEYS", "1:" + secret(settings, "bridge keys"));
        all.put(
                "BRIDGE_DATABASE_URL",
                "postgresql://%s:%s@%s/%s".formatted(Postgres.USER, Postgres.USER, postgres, database(isFake)));
        all.put("BRIDGE_WEBHOOK_URL", "http://127.0.0.1:%d/api/v1/callbacks".formatted(settings.port(Service.GATEWAY)));
        all.put("BRIDGE_WEBHOOK_SECRET", secret(settings, "bridge webhook"));
        all.put("BRIDGE_STOP_WITH_PARENT", "true");
        if (isFake) {
            all.put("BRIDGE_WHATSAPP_URL", "ws://127.0.0.1:%d/ws/chat".formatted(settings.port(Place.FAKE_WHATSAPP)));
            all.put("NODE_EXTRA_CA_CERTS", certificate(settings).toString());
        }
        return all;
    }

    static Map<String, String> fakeEnvironment(StackSettings settings) {
        return Map.of(
                "FAKE_PORT", Integer.toString(settings.port(Place.FAKE_WHATSAPP)),
                "FAKE_CONTROL_PORT", Integer.toString(settings.port(Place.FAKE_PHONES)),
                "FAKE_CERTIFICATE", certificate(settings).toString(),
                // Or each start would log out every phone that was linked before.
                "FAKE_MEMORY", settings.home().resolve("bridge/fake.json").toString(),
                "FAKE_BRIDGE_URL", settings.bridgeUrl(),
                "FAKE_BRIDGE_TOKEN", secret(settings, "bridge token"),
                "FAKE_STOP_WITH_PARENT", "true");
    }

    private static Path certificate(StackSettings settings) {
        return settings.home().resolve("bridge/fake-media.pem");
    }

    /** @see NodeProcess#startNoMore */
    void startNoMore() {
        process.startNoMore();
    }

    /** @see NodeProcess#cut */
    void cut() {
        process.cut();
    }

    @Override
    public void close() {
        process.close();
    }
}

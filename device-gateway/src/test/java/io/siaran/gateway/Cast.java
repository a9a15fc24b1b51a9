package io.siaran.gateway;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.rules.SendingRules;
import io.siaran.localstack.TestServers;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageType;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Send;
import io.siaran.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Who takes part: the shops Sinar and Maju, their devices, and the people they write to. */
public final class Cast {

    public static final UserId SINAR = new UserId("toko-sinar");
    public static final UserId MAJU = new UserId("kedai-maju");
    /** A shop that likes it quiet: only tests of a user's rules send for it. */
    public static final UserId TENANG = new UserId("warung-tenang");

    public static final PhoneNumber ANI = new PhoneNumber("60121111111");
    public static final PhoneNumber BUDI = new PhoneNumber("60122222222");
    public static final String TEXT = "50% off everything today only!";

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private Cast() {}

    /** A device as its user registered it, and its token at the platform. */
    public record Registered(DeviceId id, UserId user, String token) {}

    public static RequestSpecification as(UserId user, String role) {
        return given().auth().oauth2(TestServers.token(user.value(), role)).contentType("application/json");
    }

    public static Registered device(UserId user, String name) {
        return device(user, name, "sim-" + name + "-" + UUID.randomUUID());
    }

    public static Registered device(UserId user, String name, String token) {
        String id = as(user, "operator")
                .body(Map.of("name", name, "platform", "wablas", "base_url", Simulator.wablas(), "credential", token))
                .post("/api/v1/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new Registered(DeviceId.of(id), user, token);
    }

    public static Registered onlineDevice(UserId user, String name) {
        Registered device = device(user, name);
        awaitStatus(device, "online");
        return device;
    }

    /** A device of each of these users, in this order, all checked at once. */
    public static List<Registered> onlineDevices(UserId... users) {
        List<Registered> devices =
                Stream.of(users).map(user -> device(user, "merah")).toList();
        devices.forEach(device -> awaitStatus(device, "online"));
        return devices;
    }

    /** Changes its settings as its owner. */
    public static void patch(Registered device, Map<String, Object> changes) {
        as(device.user(), "operator")
                .body(changes)
                .patch("/api/v1/devices/" + device.id())
                .then()
                .statusCode(200);
    }

    public static void awaitStatus(Registered device, String status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> status(device).equals(status));
    }

    public static String status(Registered device) {
        return as(device.user(), "viewer")
                .get("/api/v1/devices/" + device.id())
                .then()
                .statusCode(200)
                .extract()
                .path("status");
    }

    /** Somebody to whom nobody else writes. */
    public static PhoneNumber anybody() {
        return new PhoneNumber("6011%08d".formatted(PEOPLE.incrementAndGet()));
    }

    public static MessageId message() {
        return MessageId.random(Instant.now(), RandomGenerator.getDefault());
    }

    /** The first try, without a pause, with the text as written. */
    public static Send send(Registered device, MessageId id, PhoneNumber recipient) {
        return send(device, id, recipient, 1, null, 0);
    }

    public static Send send(
            Registered device, MessageId id, PhoneNumber recipient, int tryNo, Integer supersedes, int delay) {
        return new Send(
                id,
                tryNo,
                device.user(),
                device.id(),
                Instant.now().plusSeconds(120),
                supersedes,
                MessageKind.DIRECT,
                recipient,
                "Ani",
                Attributes.NONE,
                null,
                MessageType.TEXT,
                TEXT,
                null,
                delay,
                delay,
                AntiSpamProfile.OFF,
                ZoneId.of("Asia/Kuala_Lumpur"),
                null);
    }

    public static Send saying(String text, Send send) {
        return new Send(
                send.messageId(),
                send.tryNo(),
                send.userId(),
                send.deviceId(),
                send.notAfter(),
                send.supersedes(),
                send.kind(),
                send.recipientPhone(),
                send.recipientName(),
                send.attributes(),
                send.niche(),
                send.type(),
                text,
                send.mediaUrl(),
                send.minDelay(),
                send.maxDelay(),
                send.antiSpam(),
                send.timeZone(),
                send.checkNumber());
    }

    /** The same, with a say of its own on whether the number is asked for first. */
    public static Send checking(boolean checkNumber, Send send) {
        return new Send(
                send.messageId(),
                send.tryNo(),
                send.userId(),
                send.deviceId(),
                send.notAfter(),
                send.supersedes(),
                send.kind(),
                send.recipientPhone(),
                send.recipientName(),
                send.attributes(),
                send.niche(),
                send.type(),
                send.message(),
                send.mediaUrl(),
                send.minDelay(),
                send.maxDelay(),
                send.antiSpam(),
                send.timeZone(),
                checkNumber);
    }

    /** That device under other rules than it has. */
    public static ConnectedDevice under(SendingRules rules, ConnectedDevice device) {
        return new ConnectedDevice(
                device.id(),
                device.platform(),
                device.baseUrl(),
                device.session(),
                device.credential(),
                device.antiSpam(),
                device.greetings(),
                device.typing(),
                device.timeZone(),
                rules,
                device.version(),
                device.rulesVersion());
    }

    /** No rule but its pace. */
    public static SendingRules freely() {
        return new SendingRules(
                ZoneId.of("Asia/Kuala_Lumpur"), List.of(), Set.of(), SendingRules.Caps.NONE, Instant.EPOCH, List.of());
    }
}

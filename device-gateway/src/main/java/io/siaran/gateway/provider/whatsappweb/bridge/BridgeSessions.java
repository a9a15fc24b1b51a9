package io.siaran.gateway.provider.whatsappweb.bridge;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.PlatformClient;
import io.siaran.gateway.provider.ProviderConfig;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.model.MessageId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The sessions of the bridge, each in one of its processes. A process that has a session no more says who has it, and is
 * followed once; such an answer means that nothing was begun.
 */
final class BridgeSessions {

    private static final String NO_BRIDGE = "this installation has no bridge";
    private static final String NOBODY = "no process of the bridge answers";

    private final SendBudget budget;
    private final PlatformClient<BridgeApi> bridge;
    private final BridgePlaces places = new BridgePlaces();
    private final BridgeNews news;
    private final Optional<String> url;
    private final String token;

    BridgeSessions(ProviderConfig calls, BridgeConfig config, BridgeNews news) {
        this.budget = new SendBudget(calls, calls.timeout(Platform.BRIDGE));
        this.bridge = PlatformClient.of(BridgeApi.class, budget, budget.ofTheCall());
        this.news = news;
        this.url = config.url().filter(each -> !each.isBlank());
        this.token = "Bearer " + config.token().orElse("");
    }

    /** One call of the bridge about a session. */
    interface Call {
        Uni<Response> of(BridgeApi api, String server, String token, String session);
    }

    boolean isThere() {
        return url.isPresent();
    }

    Duration timeout() {
        return budget.whole();
    }

    /** @param begun when the send began, by {@link System#nanoTime()}: it may have fetched an image first */
    SendOutcome send(ConnectedDevice device, MessageId id, Map<String, Object> body, long begun) {
        String session = session(device);
        body.put("within_ms", budget.untilItMustHaveLeft().toMillis());
        Call call = (api, server, bearer, name) -> api.send(server, bearer, name, id.toString(), body);
        AtomicReference<PlatformAnswer> answer = new AtomicReference<>();
        SendOutcome outcome = sendOnce(session, call, answer);
        if (isElsewhere(session, answer.get()) && budget.hasTimeForACall(begun)) {
            outcome = sendOnce(session, call, answer);
        }
        if (outcome instanceof SendOutcome.NotSent || outcome instanceof SendOutcome.Unknown) {
            // Its process may be gone: whoever asks next asks where the session is.
            places.forget(session);
        }
        return outcome instanceof SendOutcome.DeviceRefused refused && budget.hasTimeForAQuestion(begun)
                ? withEnd(device, refused)
                : outcome;
    }

    private SendOutcome sendOnce(String session, Call call, AtomicReference<PlatformAnswer> seen) {
        Optional<String> server = place(session);
        if (server.isEmpty()) {
            return new SendOutcome.NotSent(url.isEmpty() ? NO_BRIDGE : NOBODY);
        }
        seen.set(null);
        return bridge.send(server.get(), () -> call.of(bridge.api(), server.get(), token, session), answer -> {
            seen.set(answer);
            return BridgeAnswer.outcome(answer);
        });
    }

    /** How the device is. A session that goes on by itself is told where its news go, where that is not known of it. */
    Health health(ConnectedDevice device) {
        AtomicReference<PlatformAnswer> seen = new AtomicReference<>();
        Health health = ask(
                device,
                BridgeApi::state,
                answer -> {
                    seen.set(answer);
                    return BridgeAnswer.health(answer);
                },
                this::away);
        boolean goesOn = seen.get() != null && BridgeAnswer.isLive(seen.get());
        return goesOn && !news.isTold(device) ? open(device, BridgeAnswer::health, this::away) : health;
    }

    /**
     * Opens the session, or leaves it as it is where it is on its way, and tells it where its news go and which phone alone may be
     * linked, where the device's number is known.
     */
    <T> T open(ConnectedDevice device, Function<PlatformAnswer, T> meaning, Function<String, T> otherwise) {
        Map<String, Object> body = new HashMap<>(Map.of("callback", news.callback(device)));
        if (device.phone() != null) {
            body.put("phone", device.phone());
        }
        return ask(
                device,
                (api, server, bearer, session) -> api.open(server, bearer, session, body),
                answer -> {
                    if (answer.isSuccess()) {
                        news.told(device);
                    }
                    return meaning.apply(answer);
                },
                otherwise);
    }

    private Health away(String why) {
        return new Health.CannotBeAsked(url.isEmpty() ? NO_BRIDGE : why, Duration.ZERO);
    }

    /** Any question; it follows a session that has moved. */
    <T> T ask(ConnectedDevice device, Call call, Function<PlatformAnswer, T> meaning, Function<String, T> otherwise) {
        String session = session(device);
        AtomicReference<PlatformAnswer> answer = new AtomicReference<>();
        T first = askOnce(session, call, answer, meaning, otherwise);
        return isElsewhere(session, answer.get()) ? askOnce(session, call, answer, meaning, otherwise) : first;
    }

    private <T> T askOnce(
            String session,
            Call call,
            AtomicReference<PlatformAnswer> seen,
            Function<PlatformAnswer, T> meaning,
            Function<String, T> otherwise) {
        Optional<String> server = place(session);
        if (server.isEmpty()) {
            return otherwise.apply(NOBODY);
        }
        return bridge.ask(
                server.get(),
                () -> call.of(bridge.api(), server.get(), token, session),
                answer -> {
                    seen.set(answer);
                    return meaning.apply(answer);
                },
                why -> {
                    places.forget(session);
                    return otherwise.apply(why);
                });
    }

    private Optional<String> place(String session) {
        return places.of(
                session,
                () -> url.flatMap(any -> bridge.ask(
                        any,
                        () -> bridge.api().placement(any, token, session),
                        answer -> BridgeAnswer.text(answer.json().path("address")),
                        _ -> Optional.empty())));
    }

    private boolean isElsewhere(String session, PlatformAnswer answer) {
        if (answer == null) {
            return false;
        }
        Optional<String> owner = BridgeAnswer.owner(answer);
        owner.ifPresent(address -> places.moved(session, address));
        if (BridgeAnswer.isNowhere(answer)) {
            places.forget(session);
        }
        return owner.isPresent();
    }

    /** When WhatsApp lets the number write to new people again: it says so when it is asked. */
    private SendOutcome withEnd(ConnectedDevice device, SendOutcome.DeviceRefused refused) {
        Optional<Instant> end = ask(device, BridgeApi::limits, BridgeAnswer::timelockEnds, _ -> Optional.empty());
        return new SendOutcome.DeviceRefused(refused.cause(), refused.reason(), end.orElse(null));
    }

    private static String session(ConnectedDevice device) {
        return device.id().toString();
    }
}

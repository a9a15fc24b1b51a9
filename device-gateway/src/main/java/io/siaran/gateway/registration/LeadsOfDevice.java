package io.siaran.gateway.registration;

import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.rest.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The leads of a device, which campaign-service owns: it is asked over its REST contract, with the token of whoever asks us, so
 * nobody reaches more than they would there. Answers come on the caller's context; no thread waits.
 */
@ApplicationScoped
class LeadsOfDevice {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final LeadsConfig config;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    LeadsOfDevice(LeadsConfig config) {
        this.config = config;
    }

    /**
     * Done once the device may be deleted.
     *
     * @throws Refusal (within) a 409 with their number where the device has leads and nothing is said of them, or where some cannot move, a 400 where they cannot
     *     be moved, a 503 where they cannot be asked for
     */
    Uni<Void> settle(DeviceId device, LeadsChoice choice, String token) {
        return switch (choice) {
            case LeadsChoice.Keep _ -> Uni.createFrom().voidItem();
            case LeadsChoice.Refuse _ ->
                config.url().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : here(() -> count(device, token).thenAccept(LeadsOfDevice::refuse));
            case LeadsChoice.Move move -> here(() -> moveAll(device, move.to(), token));
        };
    }

    /** Moves at most 10,000 leads; see {@code POST /leads/move}. */
    Uni<MovedLeads> move(DeviceId from, MoveLeads wish, String token) {
        return here(() -> moveSome(from, wish, token));
    }

    private CompletionStage<Void> moveAll(DeviceId from, DeviceId to, String token) {
        return moveSome(from, new MoveLeads(to, null, false), token).thenCompose(done -> {
            if (done.remaining() > 0) {
                return moveAll(from, to, token);
            }
            refuseRest(done);
            return CompletableFuture.completedStage(null);
        });
    }

    /** What of theirs is queued would end with the device, though the caller asked to have it sent from the other one. */
    private static void refuseRest(MovedLeads done) {
        if (done.inTheWay() > 0) {
            throw Refusal.conflict(
                    done.inTheWay() + " leads stay, since the other device has a lead of their phone already:"
                            + " remove them, or delete with leads=keep");
        }
    }

    private CompletionStage<MovedLeads> moveSome(DeviceId from, MoveLeads wish, String token) {
        Map<String, Object> body = new HashMap<>(Map.of("from_device_id", from, "to_device_id", wish.toDeviceId()));
        body.put("dry_run", Boolean.TRUE.equals(wish.dryRun()));
        if (wish.niche() != null) {
            body.put("niche", wish.niche());
        }
        HttpRequest.Builder request = request("/api/v1/leads/move", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)));
        return ask(request, MovedLeads.class);
    }

    private CompletionStage<Counted> count(DeviceId device, String token) {
        return ask(request("/api/v1/leads/count?device_id=" + device, token).GET(), Counted.class);
    }

    private static void refuse(Counted counted) {
        if (counted.leads() > 0) {
            throw Refusal.conflict("the device has " + counted.leads()
                    + " leads: move them with leads=move:<device>, or leave them without a device with leads=keep");
        }
    }

    private HttpRequest.Builder request(String path, String token) {
        String url = config.url().orElseThrow(LeadsOfDevice::unreachable);
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(config.timeout())
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private <T> CompletionStage<T> ask(HttpRequest.Builder request, Class<T> type) {
        return http.sendAsync(request.build(), BodyHandlers.ofString())
                .exceptionally(_ -> {
                    throw unreachable();
                })
                .thenApply(response -> read(response, type));
    }

    /** On the context of the caller, where its session is. */
    private static <T> Uni<T> here(Supplier<CompletionStage<T>> asked) {
        Context here = Vertx.currentContext();
        Uni<T> answer = Uni.createFrom()
                .completionStage(asked)
                .onFailure(CompletionException.class)
                .transform(Throwable::getCause);
        return here == null ? answer : answer.emitOn(task -> here.runOnContext(_ -> task.run()));
    }

    private static <T> T read(HttpResponse<String> response, Class<T> type) {
        return switch (response.statusCode()) {
            case 200 -> Json.read(response.body(), type);
            case 400 -> throw Refusal.invalid("leads", "cannot be moved: no such device, or the same one");
            default -> throw unreachable();
        };
    }

    private static Refusal unreachable() {
        return Refusal.unavailable("the leads of the device cannot be asked for; try again", RETRY_AFTER);
    }

    private record Counted(long leads) {}
}

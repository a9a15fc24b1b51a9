package io.siaran.gateway.registration;

import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.rest.OtherService;
import io.siaran.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The leads of a device, which campaign-service owns. */
@ApplicationScoped
class LeadsOfDevice {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Optional<OtherService> campaign;

    LeadsOfDevice(LeadsConfig config) {
        this.campaign = config.url().map(url -> new OtherService(url, config.timeout()));
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
                campaign.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : OtherService.here(() -> count(device, token).thenAccept(LeadsOfDevice::refuse));
            case LeadsChoice.Move move -> OtherService.here(() -> moveAll(device, move.to(), token));
        };
    }

    /** Moves at most 10,000 leads; see {@code POST /leads/move}. */
    Uni<MovedLeads> move(DeviceId from, MoveLeads wish, String token) {
        return OtherService.here(() -> moveSome(from, wish, token));
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
        return campaign.orElseThrow(LeadsOfDevice::unreachable).request(path, token);
    }

    private <T> CompletionStage<T> ask(HttpRequest.Builder request, Class<T> type) {
        return campaign.orElseThrow(LeadsOfDevice::unreachable)
                .ask(request)
                .exceptionally(_ -> {
                    throw unreachable();
                })
                .thenApply(response -> read(response, type));
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

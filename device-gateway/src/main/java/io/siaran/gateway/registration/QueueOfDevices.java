package io.siaran.gateway.registration;

import io.siaran.model.Json;
import io.siaran.rest.OtherService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What waits for devices, which dispatch-service knows: it is asked for those that somebody looks at, and for no other. Of what
 * it does not say nothing is known, and nothing else waits for it.
 */
@ApplicationScoped
class QueueOfDevices {

    /** So many ids fit into the first line of a request. */
    private static final int ASKED_AT_ONCE = 80;

    private final Optional<OtherService> dispatch;

    QueueOfDevices(QueueConfig config) {
        this.dispatch = config.url().map(url -> new OtherService(url, config.timeout()));
    }

    Uni<Map<UUID, WaitingMessages>> of(List<UUID> devices, String token) {
        return dispatch.map(there -> OtherService.here(() -> all(there, devices, token)))
                .orElse(Uni.createFrom().item(Map.of()));
    }

    private static CompletionStage<Map<UUID, WaitingMessages>> all(
            OtherService dispatch, List<UUID> devices, String token) {
        List<CompletableFuture<Map<UUID, WaitingMessages>>> parts = IntStream.iterate(
                        0, from -> from < devices.size(), from -> from + ASKED_AT_ONCE)
                .mapToObj(from -> devices.subList(from, Math.min(devices.size(), from + ASKED_AT_ONCE)))
                .map(some -> some(dispatch, some, token).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).thenApply(_ -> {
            Map<UUID, WaitingMessages> known = new HashMap<>();
            parts.forEach(part -> known.putAll(part.join()));
            return known;
        });
    }

    private static CompletionStage<Map<UUID, WaitingMessages>> some(
            OtherService dispatch, List<UUID> devices, String token) {
        String asked = devices.stream().map(id -> "&device_id=" + id).collect(Collectors.joining());
        return dispatch.ask(dispatch.request("/api/v1/queue?limit=" + ASKED_AT_ONCE + asked, token)
                        .GET())
                .thenApply(QueueOfDevices::read)
                .exceptionally(_ -> Map.of());
    }

    private static Map<UUID, WaitingMessages> read(HttpResponse<String> response) {
        return response.statusCode() == 200
                ? Json.read(response.body(), Lines.class).items().stream()
                        .collect(Collectors.toMap(Line::deviceId, Line::waiting))
                : Map.of();
    }

    private record Lines(List<Line> items) {}

    private record Line(UUID deviceId, long backlog, int inFlight, Instant nextDue, Instant expectedEmpty) {

        WaitingMessages waiting() {
            return new WaitingMessages(backlog, inFlight, nextDue, expectedEmpty);
        }
    }
}

package io.siaran.campaign.planning;

import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.rest.OtherService;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * What the devices of a user still have to send, whatever queued it, which dispatch-service knows: one question for all devices.
 * Where it does not answer nothing is known.
 */
@ApplicationScoped
class QueueOfDevices {

    private final Optional<OtherService> dispatch;

    QueueOfDevices(QueueConfig config) {
        this.dispatch = config.url().map(url -> new OtherService(url, config.timeout()));
    }

    /**
     * Asks at once; what it answers ends in time and never fails.
     *
     * @param without a campaign whose own messages are not meant, or null
     */
    CompletableFuture<Optional<Map<DeviceId, Long>>> ask(CampaignId without, String token) {
        return dispatch.map(there -> ask(there, without, token))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private static CompletableFuture<Optional<Map<DeviceId, Long>>> ask(
            OtherService dispatch, CampaignId without, String token) {
        String but = without == null ? "" : "?without_campaign=" + without;
        return dispatch.ask(dispatch.request("/api/v1/queue/open" + but, token).GET())
                .thenApply(QueueOfDevices::read)
                .exceptionally(_ -> Optional.empty())
                .toCompletableFuture();
    }

    private static Optional<Map<DeviceId, Long>> read(HttpResponse<String> response) {
        return response.statusCode() == 200
                ? Optional.of(Json.read(response.body(), Lines.class).devices().stream()
                        .collect(Collectors.toMap(Line::deviceId, Line::messages)))
                : Optional.empty();
    }

    private record Lines(List<Line> devices) {}

    private record Line(DeviceId deviceId, long messages) {}
}

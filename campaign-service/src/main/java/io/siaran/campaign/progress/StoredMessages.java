package io.siaran.campaign.progress;

import io.siaran.campaign.planning.QueueConfig;
import io.siaran.model.MessageId;
import io.siaran.rest.OtherService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Which messages there are, which dispatch-service knows and nobody here. Blocks: for virtual threads. */
@ApplicationScoped
class StoredMessages {

    private final Optional<OtherService> dispatch;

    StoredMessages(QueueConfig config) {
        this.dispatch = config.url().map(url -> new OtherService(url, config.timeout()));
    }

    /**
     * False also where dispatch-service does not answer.
     *
     * @param token of the caller: the messages of others are not there for them
     */
    boolean has(MessageId message, String token) {
        return dispatch.map(there -> there.ask(there.request("/api/v1/messages/" + message, token)
                                .GET())
                        .thenApply(response -> response.statusCode() == 200)
                        .exceptionally(_ -> false)
                        .toCompletableFuture()
                        .join())
                .orElse(false);
    }
}

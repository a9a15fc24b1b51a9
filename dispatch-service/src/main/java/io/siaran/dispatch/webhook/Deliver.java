package io.siaran.dispatch.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** One attempt of one delivery: signed, posted, judged. Waits, for virtual threads. */
@ApplicationScoped
class Deliver {

    private final Post post;
    private final WebhookSecrets secrets;
    private final RetryPlan plan;
    private final Clock clock;
    private final RandomGenerator random;

    Deliver(Post post, WebhookSecrets secrets, WebhookConfig config, Clock clock, RandomGenerator random) {
        this.post = post;
        this.secrets = secrets;
        this.plan = RetryPlan.of(config);
        this.clock = clock;
        this.random = random;
    }

    Result deliver(Claim claim) {
        if (claim.event() == null) {
            return Result.ofNothing(claim);
        }
        String body = claim.body();
        return judged(claim, post.post(claim.user(), claim.url(), headers(claim, body), body));
    }

    private Map<String, String> headers(Claim claim, String body) {
        String id = claim.event().id().toString();
        long seconds = clock.instant().getEpochSecond();
        List<byte[]> keys = claim.generations().stream()
                .map(generation -> secrets.bytes(claim.webhook(), generation))
                .toList();
        return Map.of(
                "content-type",
                "application/json",
                "user-agent",
                "Siaran-Webhooks/1",
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(seconds),
                "webhook-signature",
                Signature.of(id, seconds, body, keys));
    }

    private Result judged(Claim claim, Attempt attempt) {
        if (attempt.arrived()) {
            return new Result(claim, attempt, DeliveryStatus.DELIVERED, 0);
        }
        Duration pause = plan.pause(claim.attempts() + 1, random);
        Instant next = clock.instant().plus(pause);
        return attempt.isGone() || plan.isOver(claim.since(), next)
                ? new Result(claim, attempt, DeliveryStatus.FAILED, 0)
                : new Result(claim, attempt, DeliveryStatus.PENDING, pause.toMillis());
    }
}

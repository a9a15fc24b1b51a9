package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** What the platforms tell after they took a message, when somebody answers, and when a device comes or goes. */
final class Telling {

    private static final long NEVER = -1;

    /**
     * How long after a message its receipts come, in milliseconds.
     *
     * @param readMs below zero: nobody reads
     */
    record Pace(long deliveredMs, long readMs) {

        static final Pace USUAL = new Pace(200, 800);
    }

    private final Vertx vertx;
    private final Webhooks hooks;
    private final Numbers numbers;
    private volatile Pace pace = Pace.USUAL;

    Telling(Vertx vertx, Webhooks hooks, Numbers numbers) {
        this.vertx = vertx;
        this.hooks = hooks;
        this.numbers = numbers;
    }

    void set(Pace next) {
        pace = next;
    }

    /** A message that the platform named so from now on. */
    Sent sent(Message message, String id, boolean lidOnly) {
        return new Sent(message, id, lidOnly ? numbers.lid(message.phone()) : null);
    }

    /** The usual receipts, each once, in their order. */
    void receipts(Dialect says, Sent sent, boolean forged) {
        Pace now = pace;
        if (hooks.of(says.platform(), sent.message().device()).isEmpty()) {
            return;
        }
        after(now.deliveredMs(), () -> receipt(says, sent, Receipt.DELIVERED, forged));
        if (now.readMs() > NEVER) {
            after(now.readMs(), () -> receipt(says, sent, Receipt.READ, forged));
        }
    }

    /** Each twice, the later one first. */
    void shuffledReceipts(Dialect says, Sent sent) {
        List<Receipt> order =
                List.of(Receipt.READ, Receipt.DELIVERED, Receipt.SENT, Receipt.READ, Receipt.SENT, Receipt.DELIVERED);
        Future<Void> told = Future.succeededFuture();
        for (Receipt receipt : order) {
            told = told.compose(_ -> receipt(says, sent, receipt, false));
        }
    }

    /** All of them, and only then the rest. */
    void receiptsFirst(Dialect says, Sent sent, Runnable rest) {
        receipt(says, sent, Receipt.DELIVERED, false)
                .compose(_ -> receipt(says, sent, Receipt.READ, false))
                .onComplete(_ -> rest.run());
    }

    void refusedLater(Dialect says, Sent sent) {
        after(pace.deliveredMs(), () -> receipt(says, sent, Receipt.REFUSED, false));
    }

    void reply(Dialect says, Reply reply) {
        hooks.tell(says, reply.device(), says.inbound(reply, numbers.lid(reply.phone())), false);
    }

    void connection(Dialect says, String device, Status status) {
        says.connection(device, status).ifPresent(news -> hooks.tell(says, device, news, false));
    }

    private Future<Void> receipt(Dialect says, Sent sent, Receipt receipt, boolean forged) {
        return says.receipt(sent, receipt)
                .map(news -> hooks.tell(says, sent.message().device(), news, forged))
                .orElseGet(Future::succeededFuture);
    }

    private void after(long ms, Runnable action) {
        vertx.setTimer(Math.max(1, ms), _ -> action.run());
    }
}

package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Takes messages as every platform does, with the faults that are switched on, and answers in the platform's words. */
final class Sending {

    private final SimulatedDevices devices;
    private final Faults faults;
    private final Ledger ledger;
    private final Numbers numbers;
    private final Telling telling;

    Sending(SimulatedDevices devices, Faults faults, Ledger ledger, Numbers numbers, Telling telling) {
        this.devices = devices;
        this.faults = faults;
        this.ledger = ledger;
        this.numbers = numbers;
        this.telling = telling;
    }

    /** @param invalid what the platform says of a request that it does not take, whoever sends it */
    void send(RoutingContext ctx, Dialect says, Message message, Optional<Answer> invalid) {
        switch (devices.status(message.device())) {
            case EXPIRED -> says.refused(Refusal.CREDENTIAL, message).to(ctx);
            case DISCONNECTED -> says.refused(Refusal.DISCONNECTED, message).to(ctx);
            case CONNECTED -> invalid.ifPresentOrElse(answer -> answer.to(ctx), () -> take(ctx, says, message));
        }
    }

    private void take(RoutingContext ctx, Dialect says, Message message) {
        Optional<Fault> fault = faults.strike(message);
        if (fault.isPresent()) {
            takeBadly(ctx, says, message, fault.get());
        } else if (!numbers.isOnWhatsApp(message.phone())) {
            says.refused(Refusal.UNKNOWN_NUMBER, message).to(ctx);
        } else {
            Sent sent = deliver(says, message, false);
            says.accepted(message, sent.id()).to(ctx);
            telling.receipts(says, sent, false);
        }
    }

    private void takeBadly(RoutingContext ctx, Dialect says, Message message, Fault fault) {
        switch (fault.kind()) {
            case TOKEN_EXPIRED -> says.refused(Refusal.CREDENTIAL, message).to(ctx);
            case RATE_LIMITED ->
                says.refused(Refusal.RATE_LIMITED, message)
                        .with("Retry-After", fault.retryAfter())
                        .to(ctx);
            case SERVER_ERROR -> says.refused(Refusal.SERVER_ERROR, message).to(ctx);
            case MAINTENANCE -> says.refused(Refusal.MAINTENANCE, message).to(ctx);
            case UNKNOWN_NUMBER -> says.refused(Refusal.UNKNOWN_NUMBER, message).to(ctx);
            case TIMELOCK -> says.refused(Refusal.TIMELOCK, message).to(ctx);
            case BANNED -> says.refused(Refusal.BANNED, message).to(ctx);
            case MEDIA_UNREACHABLE -> says.refused(Refusal.MEDIA, message).to(ctx);
            case LOGOUT -> logOut(ctx, says, message);
            case GATEWAY_TIMEOUT -> {
                deliver(says, message, false);
                Answer.after(ctx, fault.delayMs(), () -> says.timedOut().to(ctx));
            }
            case SLOW_BODY ->
                says.accepted(message, deliver(says, message, false).id()).slowlyTo(ctx, fault.delayMs());
            case HTML_BAD_GATEWAY -> {
                deliverIf(fault.delivered(), says, message);
                Answer.html(502, "Bad Gateway").to(ctx);
            }
            case RESET -> {
                deliverIf(fault.delivered(), says, message);
                ctx.response().reset();
            }
            case DELAYED_QR -> throw new IllegalStateException("it strikes no message");
            case NO_RECEIPT, RECEIPT_FIRST, RECEIPTS_SHUFFLED, WRONG_SIGNATURE, LID_ONLY, REFUSED_LATER ->
                takeAndTellBadly(ctx, says, message, fault.kind());
        }
    }

    private void takeAndTellBadly(RoutingContext ctx, Dialect says, Message message, FaultKind kind) {
        Sent sent = kind == FaultKind.REFUSED_LATER
                ? telling.sent(message, says.newId(), false)
                : deliver(says, message, kind == FaultKind.LID_ONLY);
        Answer accepted = says.accepted(message, sent.id());
        if (kind == FaultKind.RECEIPT_FIRST) {
            telling.receiptsFirst(says, sent, () -> accepted.to(ctx));
            return;
        }
        accepted.to(ctx);
        switch (kind) {
            case RECEIPTS_SHUFFLED -> telling.shuffledReceipts(says, sent);
            case WRONG_SIGNATURE -> telling.receipts(says, sent, true);
            case LID_ONLY -> telling.receipts(says, sent, false);
            case REFUSED_LATER -> telling.refusedLater(says, sent);
            default -> {}
        }
    }

    private void logOut(RoutingContext ctx, Dialect says, Message message) {
        devices.set(message.device(), Status.DISCONNECTED);
        says.refused(Refusal.DISCONNECTED, message).to(ctx);
        telling.connection(says, message.device(), Status.DISCONNECTED);
    }

    private Sent deliver(Dialect says, Message message, boolean lidOnly) {
        String id = says.newId();
        ledger.deliver(says.platform(), message, id);
        return telling.sent(message, id, lidOnly);
    }

    private void deliverIf(boolean delivered, Dialect says, Message message) {
        if (delivered) {
            deliver(says, message, false);
        }
    }
}

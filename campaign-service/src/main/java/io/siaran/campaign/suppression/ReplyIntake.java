package io.siaran.campaign.suppression;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.siaran.campaign.ErasedPeople;
import io.siaran.campaign.ReplyListener;
import io.siaran.campaign.suppression.SuppressionStore.SuppressionSource;
import io.siaran.campaign.suppression.SuppressionStore.Wish;
import io.siaran.kafka.RecordIntake;
import io.siaran.kafka.Writes;
import io.siaran.model.InboundMessage;
import io.siaran.model.Topic;
import io.siaran.model.optout.OptOutWords;
import io.siaran.model.optout.ReplyVerdict;
import io.siaran.rest.OptOutConfig;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * What people reply: who wants no more messages is suppressed, by the transaction that takes the reply; who wants them again
 * is not any more; what may mean either waits for an operator. Nothing is answered to the person, who wants no more messages.
 */
@ApplicationScoped
class ReplyIntake {

    private static final String TAKE = Sql.load(ReplyIntake.class, "take-replies.sql");

    private final RecordIntake intake;
    private final SuppressionStore store;
    private final ErasedPeople erased;
    private final Writes writes;
    private final MeterRegistry metrics;
    private final OptOutWords words;
    private final List<ReplyListener> listeners;

    ReplyIntake(
            RecordIntake intake,
            SuppressionStore store,
            ErasedPeople erased,
            Writes writes,
            MeterRegistry metrics,
            OptOutConfig config,
            @All List<ReplyListener> listeners) {
        this.intake = intake;
        this.store = store;
        this.erased = erased;
        this.writes = writes;
        this.metrics = metrics;
        this.words = config.words();
        this.listeners = listeners;
    }

    @Incoming("inbound-messages")
    @Blocking(ordered = true)
    void consume(ConsumerRecords<String, String> batch) {
        intake.take(Topic.INBOUND_MESSAGES, batch, InboundMessage.class, this::apply);
    }

    void apply(List<InboundMessage> replies) {
        List<Judged> judged = replies.stream()
                .map(reply -> new Judged(reply, words.judge(reply.text())))
                .filter(each -> each.verdict() != ReplyVerdict.NEITHER)
                .toList();
        if (!judged.isEmpty()) {
            writes.inTransaction(tx -> {
                apply(tx, judged);
                return judged.size();
            });
        }
        listeners.forEach(listener -> listener.heard(replies));
    }

    /** In the order in which they were written: of two wishes of one person the later one holds. */
    private void apply(Tx tx, List<Judged> judged) {
        erased.keepErasuresOut(tx, judged.stream().map(each -> each.reply().userId()));
        Set<UUID> fresh = take(tx, judged);
        judged.stream()
                .filter(each -> fresh.remove(each.reply().id()))
                .sorted(Comparator.comparing(each -> each.reply().at()))
                .forEach(each -> apply(tx, each));
    }

    private void apply(Tx tx, Judged each) {
        metrics.counter("siaran.opt.out.replies", "verdict", each.verdict().wire())
                .increment();
        switch (each.verdict()) {
            case STOP -> store.suppress(tx, List.of(each.wish()));
            case START -> store.lift(tx, List.of(each.wish()));
            case DOUBTFUL, NEITHER -> {}
        }
    }

    private static Set<UUID> take(Tx tx, List<Judged> judged) {
        Columns<Judged> rows = new Columns<>(judged);
        Set<UUID> fresh = new HashSet<>();
        for (Row row : tx.run(
                TAKE,
                rows.uuids(each -> each.reply().id()),
                rows.texts(each -> each.reply().userId().value()),
                rows.uuids(each -> each.reply().deviceId().value()),
                rows.texts(each -> each.reply().phone().digits()),
                rows.texts(each -> each.reply().text()),
                rows.wires(Judged::verdict),
                rows.times(each -> each.reply().at()))) {
            fresh.add(row.getUUID("id"));
        }
        return fresh;
    }

    private record Judged(InboundMessage reply, ReplyVerdict verdict) {

        Wish wish() {
            return new Wish(
                    reply.userId(), reply.phone(), "replied " + verdict.wire(), SuppressionSource.REPLY, reply.at());
        }
    }
}

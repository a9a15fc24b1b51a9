package io.siaran.campaign.fanout;

import io.siaran.campaign.PhoneChangeListener;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.CampaignId;
import io.siaran.model.MessageId;
import io.siaran.model.Topic;
import io.siaran.model.Withdraw;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A queued message follows its lead to a corrected phone. Where a run has reached that phone through another lead already,
 * the message is withdrawn instead: nobody is written to twice. The queue hears so with the phone itself, whichever topic
 * lags, and again by a withdrawal of its own. From then on no other lead of the new phone is reached.
 */
@ApplicationScoped
class FollowPhones implements PhoneChangeListener {

    private static final String COUNT = Sql.load(FollowPhones.class, "count-change.sql");
    private static final String FOLLOW = Sql.load(FollowPhones.class, "follow-phone.sql");

    private final Outbox outbox;

    FollowPhones(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public List<MessageId> changed(Tx tx, Change change) {
        tx.run(COUNT, change.user().value());
        List<MessageId> withdrawn = new ArrayList<>();
        tx.run(
                        FOLLOW,
                        change.user().value(),
                        change.lead().value(),
                        change.before().digits(),
                        change.after().digits())
                .forEach(run -> withdrawn.add(message(change, run)));
        outbox.append(
                tx,
                withdrawn.stream().map(message -> withdrawal(change, message)).toList());
        return withdrawn;
    }

    private static MessageId message(Change change, Row run) {
        return MessageId.ofCampaign(
                run.get(OffsetDateTime.class, "scheduled_at").toInstant(),
                new CampaignId(run.getUUID("id")),
                run.getInteger("run"),
                change.lead());
    }

    private static OutboxRecord withdrawal(Change change, MessageId message) {
        return new OutboxRecord(
                Topic.BROADCAST_MESSAGES,
                change.device().toString(),
                new Withdraw(message, change.user(), change.device()));
    }
}

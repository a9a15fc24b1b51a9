package io.siaran.campaign.progress;

import io.siaran.campaign.ErasedPeople;
import io.siaran.campaign.ReplyListener;
import io.siaran.model.InboundMessage;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Who replied to which campaign: a person counts once a run, for the latest one only. */
@ApplicationScoped
class CountReplies implements ReplyListener {

    private static final String NOTE = Sql.load(CountReplies.class, "note-replies.sql");

    private final Database database;
    private final ErasedPeople erased;

    CountReplies(Database database, ErasedPeople erased) {
        this.database = database;
        this.erased = erased;
    }

    @Override
    public void heard(List<InboundMessage> messages) {
        Columns<InboundMessage> rows = new Columns<>(messages);
        database.doInTransaction(tx -> {
            erased.keepErasuresOut(tx, messages.stream().map(InboundMessage::userId));
            tx.run(
                    NOTE,
                    rows.texts(message -> message.userId().value()),
                    rows.uuids(message -> message.deviceId().value()),
                    rows.texts(message -> message.phone().digits()),
                    rows.times(InboundMessage::at));
        });
    }
}

package io.siaran.gateway.callback;

import io.siaran.gateway.device.CallbackConfig;
import io.siaran.gateway.journal.GroupCommit;
import io.siaran.gateway.journal.SqlRefusal;
import io.siaran.model.optout.OptOutWords;
import io.siaran.model.optout.ReplyVerdict;
import io.siaran.rest.OptOutConfig;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Writes verified callbacks into the inbox; those that come at the same time in one transaction. For virtual threads. */
@ApplicationScoped
class StoreCallbacks {

    private static final String STORE = Sql.load(StoreCallbacks.class, "store-callbacks.sql");

    enum Stored {
        KEPT,
        /** Its device is deleted, so news of its connection were let go. */
        DEVICE_DELETED,
        /** There is no such device, it is of another platform, or the secret does not hold any more. */
        NO_SUCH_ADDRESS
    }

    private record Line(int nth, InboxEvent event) {}

    private final Database database;
    private final WorkOffCallbacks workers;
    private final Duration overlap;
    private final OptOutWords words;
    private final GroupCommit<Incoming, Stored> groups;

    StoreCallbacks(Database database, WorkOffCallbacks workers, CallbackConfig config, OptOutConfig optOut) {
        this.database = database;
        this.workers = workers;
        this.overlap = config.overlap();
        this.words = optOut.words();
        this.groups = new GroupCommit<>(
                config.groupsAtOnce(),
                config.largestGroup(),
                Comparator.comparing(incoming -> incoming.device().value()),
                StoreCallbacks::keys,
                this::storeAll,
                SqlRefusal::isCertain);
    }

    Stored store(Incoming incoming) {
        return groups.ask(incoming);
    }

    /** No event is in a group twice: one statement cannot change a row twice. */
    private static Collection<?> keys(Incoming incoming) {
        return incoming.events().stream()
                .map(event -> List.of(incoming.device(), event.kind(), event.id()))
                .toList();
    }

    private List<Stored> storeAll(List<Incoming> group) {
        Stored[] answers = new Stored[group.size()];
        Arrays.fill(answers, Stored.NO_SUCH_ADDRESS);
        for (Row row : database.run(STORE, arguments(group))) {
            answers[row.getLong("nth").intValue() - 1] =
                    row.getBoolean("deleted") ? Stored.DEVICE_DELETED : Stored.KEPT;
        }
        workers.wake();
        return List.of(answers);
    }

    private Object[] arguments(List<Incoming> group) {
        Columns<Incoming> callbacks = new Columns<>(group);
        Columns<Line> lines = new Columns<>(lines(group));
        return new Object[] {
            callbacks.uuids(incoming -> incoming.device().value()),
            callbacks.texts(incoming -> incoming.platform().wire()),
            callbacks.integers(Incoming::generation),
            Math.toIntExact(overlap.toHours()),
            lines.integers(Line::nth),
            lines.texts(line -> line.event().id()),
            lines.texts(line -> line.event().kind()),
            lines.texts(line -> line.event().purpose()),
            lines.times(line -> line.event().at()),
            lines.uuids(line -> line.event().ourId()),
            lines.texts(line -> line.event().phone()),
            lines.texts(line -> line.event().lid()),
            lines.texts(line -> line.event().name()),
            lines.texts(line -> line.event().type()),
            lines.texts(line -> line.event().text()),
            lines.texts(line -> line.event().detail()),
            lines.texts(line -> wish(line.event()))
        };
    }

    /** What it says of being written to, or null: by the words that campaign-service decides by. */
    private String wish(InboxEvent event) {
        ReplyVerdict verdict = event.text() == null ? ReplyVerdict.NEITHER : words.judge(event.text());
        return verdict == ReplyVerdict.NEITHER ? null : verdict.wire();
    }

    private static List<Line> lines(List<Incoming> group) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            for (InboxEvent event : group.get(i).events()) {
                lines.add(new Line(i + 1, event));
            }
        }
        return lines;
    }
}

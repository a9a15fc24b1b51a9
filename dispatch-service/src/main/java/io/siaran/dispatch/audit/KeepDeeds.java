package io.siaran.dispatch.audit;

import io.siaran.model.UserEvent;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What people did in other services, as those told it. */
@ApplicationScoped
public class KeepDeeds {

    private static final String KEEP = Sql.load(KeepDeeds.class, "keep.sql");

    private final Database database;

    KeepDeeds(Database database) {
        this.database = database;
    }

    /** Each once, however often it is told. */
    public void keep(List<UserEvent.Done> deeds) {
        var columns = new Columns<>(deeds);
        database.run(
                KEEP,
                columns.uuids(UserEvent.Done::id),
                columns.texts(d -> d.userId().value()),
                columns.texts(UserEvent.Done::by),
                columns.times(UserEvent.Done::at),
                columns.texts(UserEvent.Done::action),
                columns.texts(UserEvent.Done::subject),
                columns.texts(UserEvent.Done::subjectId),
                columns.texts(UserEvent.Done::before),
                columns.texts(UserEvent.Done::after));
    }
}

package io.siaran.sequence.firing;

import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Says of whom steps are looked at next. While little is due that is everybody's; else each user has an equal share. */
@ApplicationScoped
class FiringTurns {

    private static final String DUE_USERS = Sql.load(FiringTurns.class, "find-due-users.sql");
    private static final String TURNS = Sql.load(FiringTurns.class, "find-turns.sql");

    private final Database database;

    FiringTurns(Database database) {
        this.database = database;
    }

    /** @param steps that a look takes, more or less: each user with something due has at least one of them */
    Turns next(int steps) {
        List<Turn> due = turns(DUE_USERS, steps);
        boolean crowded = due.stream().mapToInt(Turn::most).sum() >= steps;
        return new Turns(crowded ? turns(TURNS, steps) : due, crowded);
    }

    private List<Turn> turns(String sql, int steps) {
        List<Turn> turns = new ArrayList<>();
        for (Row row : database.run(sql, steps)) {
            turns.add(new Turn(row.getString("user_id"), row.getInteger("most")));
        }
        return turns;
    }

    /** @param crowded whether more may be due than what these take */
    record Turns(List<Turn> turns, boolean crowded) {

        String[] users() {
            return new Columns<>(turns).texts(Turn::user);
        }

        Integer[] most() {
            return new Columns<>(turns).integers(Turn::most);
        }
    }

    /** @param most steps of this user */
    record Turn(String user, int most) {}
}

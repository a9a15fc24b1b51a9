package io.siaran.kafka;

import io.siaran.model.UserId;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import java.util.stream.Stream;

/**
 * Between whoever writes phones down and whoever erases a person. Those who write share a lock, which an erasure has alone: nobody
 * finds the suppression gone and its hash not there yet, and no erasure misses what is being written. Whoever writes takes it before
 * the rows of leads, suppressions and replies, else an erasure and they may wait for each other. Each user has one of 64 locks,
 * since a batch of a thousand users that took a thousand would fill PostgreSQL's table of locks. All of it lasts until the
 * transaction has ended.
 */
public final class ErasureLock {

    private static final String SHARE = Sql.load(ErasureLock.class, "share-with-erasures.sql");
    private static final String KEEP_OUT =
            "SELECT pg_advisory_xact_lock(hashtextextended('siaran-erasure', hashtext($1::text) & 63))";

    private ErasureLock() {}

    /** Nobody of these users is erased; waits for an erasure that is under way. */
    public static void keepErasuresOut(Tx tx, Stream<String> users) {
        tx.run(SHARE, (Object) users.distinct().toArray(String[]::new));
    }

    /** Nobody writes down a phone of the user; waits for those who do, and the next ones wait. */
    public static void keepOthersOut(Tx tx, UserId user) {
        tx.run(KEEP_OUT, user.value());
    }
}

package io.siaran.sql;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/**
 * {@code siaran.sql.*}: how long a connection to the database waits for what; the defaults stand in
 * {@code microprofile-config.properties}.
 */
@ConfigMapping(prefix = "siaran.sql")
interface ConnectionConfig {

    /** After how long the server breaks a statement off. */
    Duration statementTimeout();

    /** After how long the server breaks a statement off that a caller reads by, where reads have a pool of their own. */
    Duration readTimeout();

    /** After how long the server breaks a statement off that waits for a lock. */
    Duration lockTimeout();

    /** After how long the server ends a session that holds a transaction open and says nothing. */
    Duration idleInTransactionTimeout();

    /**
     * After how long without a word from the server a connection counts as lost and its socket is closed. Longer than
     * {@code siaran.sql.statement-timeout}, since a statement that works says nothing either.
     */
    Duration silence();
}

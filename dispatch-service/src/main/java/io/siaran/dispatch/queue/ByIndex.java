package io.siaran.dispatch.queue;

import io.siaran.sql.Sql;
import io.siaran.sql.Tx;

/** How statements are planned for the rest of a transaction; why stands in {@code by-index.sql}. */
final class ByIndex {

    private static final String BY_INDEX = Sql.load(ByIndex.class, "by-index.sql");

    private ByIndex() {}

    /** Rows are looked up by index. */
    static void lookUp(Tx tx) {
        tx.run(BY_INDEX, "on");
    }

    /** Rows are read in the order of an index and never sorted: the first few of many cost as little as of few. */
    static void inOrder(Tx tx) {
        tx.run(BY_INDEX, "off");
    }
}

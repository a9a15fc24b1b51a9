package io.siaran.kafka;

import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Tx;

/** What a service keeps of people, as statements of its own: each takes what the caller of {@link PersonErasures} knows of one. */
public interface PersonRecords {

    /** $1 user, $2 phone. Its only column is a fact, a JSON object as text; at most 2,000 rows of a kind. */
    String kept();

    /**
     * $1 user, $2 phone, $3 leads. Answers a row while something to the person is under way here, or the news that the person must
     * not be written to is not here yet: then nothing is erased.
     */
    String underWay();

    /**
     * $1 user, $2 phone, $3 leads. Makes unreadable what is kept, all but the suppression, and answers of what how much: {@code what},
     * {@code rows}. Counts stay as they are. May be repeated.
     */
    String erase();

    /**
     * In the transaction of every erasure, before the look that decides: from here to its end nobody here writes down a phone of the
     * user, nor changes what is erased, so that nothing is missed. Others are waited for; who comes later waits.
     */
    default void keepOthersOut(Tx tx, UserId user, PhoneNumber phone) {}

    /** Before the last erasure: what stands of the person on a topic that keeps the latest record of each key for ever. */
    default void forgetOnTopics(UserId user, PhoneNumber phone) {}

    /** The suppression as well. In the transaction of the last erasure; may be repeated. */
    void forgetSuppression(Tx tx, UserId user, PhoneNumber phone);
}

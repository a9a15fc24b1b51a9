package io.siaran.dispatch.audit;

import io.siaran.kafka.DeedDetails;
import io.siaran.model.Deed;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Writes down what somebody does, in the transaction that does it: as other services tell it ({@link DeedDetails}), since what is
 * written stays.
 */
@ApplicationScoped
public class Audit {

    private static final String WRITE = "INSERT INTO audit_entries"
            + " (id, user_id, by_user, action, subject, subject_id, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    /** Of a deed that changes nothing but what its sides do not show, such as the query of a URL. */
    private static final DeedDetails NOTHING_TOLD = new DeedDetails(null, null);

    private final Clock clock;
    private final RandomGenerator random;

    Audit(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * What is done to something.
     *
     * @param kind what it is: message, messages, queue, webhook
     * @param id which; null where there is but one
     */
    public record Subject(String kind, Object id) {}

    /** By a user to what is its own. */
    public void write(Tx tx, UserId by, Deed deed, Subject subject, Object before, Object after) {
        write(tx, Optional.of(by), by, deed, subject, before, after);
    }

    /**
     * @param whose empty: everybody's
     * @param before as REST shows it; null: it was not there, or it is nothing that changes
     */
    public void write(
            Tx tx, Optional<UserId> whose, UserId by, Deed deed, Subject subject, Object before, Object after) {
        DeedDetails details = DeedDetails.of(before, after).orElse(NOTHING_TOLD);
        tx.run(
                WRITE,
                TimeOrderedId.v7(clock.instant(), random),
                whose.map(UserId::value).orElse(null),
                by.value(),
                deed.wire(),
                subject.kind(),
                subject.id() == null ? null : subject.id().toString(),
                details.before(),
                details.after());
    }
}

package io.siaran.sequence;

import static io.siaran.sequence.Fitness.challenge;

import io.siaran.model.SequenceId;
import io.siaran.sql.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A tenant with a sequence of three steps that very many are inside, each due at its first. To be {@link #close closed} at the end: other
 * tests share the database.
 */
public record CrowdedShop(Tenant tenant, SequenceId fitness, Crowd crowd, Database database) implements AutoCloseable {

    public static final int CONTACTS = 700;

    public static List<CrowdedShop> two(Stage stage) {
        return Stream.generate(() -> of(stage)).limit(2).toList();
    }

    private static CrowdedShop of(Stage stage) {
        Tenant tenant = stage.tenant();
        SequenceId fitness = tenant.sequence(challenge(3));
        Crowd crowd = Crowd.store(stage, tenant, fitness, tenant.merah(), CONTACTS);
        return new CrowdedShop(tenant, fitness, crowd, stage.database());
    }

    /** $1 is the sequence, as in all below. */
    public void run(String sql) {
        database.run(sql, fitness.value());
    }

    /** How many rows that finds. */
    public int rows(String sql) {
        return database.run(sql, fitness.value()).rowCount();
    }

    public long number(String sql) {
        return database.run(sql, fitness.value()).iterator().next().getLong(0);
    }

    /** Why each contact that is set aside is. */
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        database.run(
                        "SELECT set_aside_reason FROM sequence_contacts WHERE sequence_id = $1 AND set_aside_until > now()",
                        fitness.value())
                .forEach(row -> reasons.add(row.getString(0)));
        return reasons;
    }

    /** What was set aside is tried again. */
    public void timePasses() {
        run(
                "UPDATE sequence_contacts SET set_aside_until = now() WHERE sequence_id = $1 AND set_aside_until IS NOT NULL");
    }

    /** The transaction that was the first to change any of those that are under way. */
    public long firstBatch() {
        return batch("min(xmin::text::bigint)");
    }

    public long lastBatch() {
        return batch("max(xmin::text::bigint)");
    }

    /** In how many transactions they were changed. */
    public long batches() {
        return batch("count(DISTINCT xmin::text)");
    }

    private long batch(String which) {
        return number("SELECT " + which + " FROM sequence_contacts WHERE sequence_id = $1 AND status = 'active'");
    }

    @Override
    public void close() {
        crowd.removed();
    }
}

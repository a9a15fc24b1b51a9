package io.siaran.campaign.lead;

import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Tags;
import io.siaran.model.TargetStatus;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.model.Wire;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The tables of leads. Whatever is written here is announced by the same transaction. */
@ApplicationScoped
class LeadStore {

    static final String READ = Sql.load(LeadStore.class, "read-leads.sql");
    private static final String LOCK = Sql.load(LeadStore.class, "lock-leads.sql");
    private static final String INSERT = Sql.load(LeadStore.class, "insert-lead.sql");
    private static final String UPDATE = Sql.load(LeadStore.class, "update-leads.sql");
    private static final String WRITE_TRIGGERS = Sql.load(LeadStore.class, "write-triggers.sql");
    private static final String SAME_PERSON =
            "SELECT id FROM leads WHERE user_id = $1 AND device_id = $2 AND phone = $3 AND NOT deleted";

    private final Outbox outbox;

    LeadStore(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Nobody else changes these leads until the transaction ends; ids of no lead are left out. */
    List<Lead> lock(Tx tx, Collection<LeadId> ids) {
        UUID[] keys = ids.stream().map(LeadId::value).toArray(UUID[]::new);
        tx.run(LOCK, (Object) keys);
        return read(tx.run(READ + " WHERE l.id = ANY ($1::uuid[])", (Object) keys));
    }

    /** Whether the lead is new; false when its user has the phone on that device already. */
    boolean insert(Tx tx, Lead lead) {
        boolean isNew = tx.run(
                                INSERT,
                                lead.id().value(),
                                lead.userId().value(),
                                lead.deviceId().value(),
                                lead.phone().digits(),
                                lead.name(),
                                lead.niche(),
                                Tags.of(lead.niche()).joined(),
                                lead.targetStatus().wire(),
                                lead.triggers().asWritten(),
                                lead.version(),
                                lead.createdAt().atOffset(ZoneOffset.UTC))
                        .rowCount()
                == 1;
        if (isNew) {
            writeTriggers(tx, List.of(lead));
            announce(tx, List.of(lead));
        }
        return isNew;
    }

    /** Writes leads that this transaction has locked, each of the version after the one that was read. */
    void update(Tx tx, List<Lead> leads) {
        if (leads.isEmpty()) {
            return;
        }
        tx.run(
                UPDATE,
                column(leads, lead -> lead.id().value(), UUID[]::new),
                column(leads, lead -> lead.deviceId().value(), UUID[]::new),
                column(leads, lead -> lead.phone().digits(), String[]::new),
                column(leads, Lead::name, String[]::new),
                column(leads, Lead::niche, String[]::new),
                column(leads, lead -> Tags.of(lead.niche()).joined(), String[]::new),
                column(leads, lead -> lead.targetStatus().wire(), String[]::new),
                column(leads, lead -> lead.triggers().asWritten(), String[]::new),
                column(leads, Lead::version, Long[]::new),
                column(leads, Lead::deleted, Boolean[]::new));
        writeTriggers(tx, leads);
        announce(tx, leads);
    }

    Optional<LeadId> findSamePerson(Tx tx, Lead lead) {
        return StreamSupport.stream(
                        tx.run(
                                        SAME_PERSON,
                                        lead.userId().value(),
                                        lead.deviceId().value(),
                                        lead.phone().digits())
                                .spliterator(),
                        false)
                .map(row -> new LeadId(row.getUUID("id")))
                .findFirst();
    }

    static List<Lead> read(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(LeadStore::lead)
                .toList();
    }

    private void writeTriggers(Tx tx, List<Lead> leads) {
        List<TriggerRow> rows = leads.stream().flatMap(TriggerRow::of).toList();
        if (!rows.isEmpty()) {
            tx.run(
                    WRITE_TRIGGERS,
                    column(rows, TriggerRow::lead, UUID[]::new),
                    column(rows, TriggerRow::token, String[]::new),
                    column(rows, row -> row.assignment().number(), Long[]::new),
                    column(rows, row -> row.assignment().present(), Boolean[]::new));
        }
    }

    private void announce(Tx tx, List<Lead> leads) {
        outbox.append(
                tx,
                leads.stream()
                        .map(lead -> new OutboxRecord(Topic.LEADS, lead.id().toString(), lead.snapshot()))
                        .toList());
    }

    private static Lead lead(Row row) {
        return new Lead(
                new LeadId(row.getUUID("id")),
                new UserId(row.getString("user_id")),
                new DeviceId(row.getUUID("device_id")),
                new PhoneNumber(row.getString("phone")),
                row.getString("name"),
                row.getString("niche"),
                Wire.read(TargetStatus.class, row.getString("target_status")),
                new Triggers(row.getString("trigger"), assignments(row)),
                row.getLong("version"),
                row.getBoolean("deleted"),
                row.get(OffsetDateTime.class, "created_at").toInstant());
    }

    private static Map<String, Triggers.Assignment> assignments(Row row) {
        String[] tokens = row.getArrayOfStrings("trigger_tokens");
        Long[] numbers = row.getArrayOfLongs("trigger_assignments");
        Boolean[] presence = row.getArrayOfBooleans("trigger_presence");
        Map<String, Triggers.Assignment> assignments = new HashMap<>();
        for (int i = 0; i < tokens.length; i++) {
            assignments.put(tokens[i], new Triggers.Assignment(numbers[i], presence[i]));
        }
        return assignments;
    }

    private static <R, T> T[] column(List<R> rows, Function<R, T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    private record TriggerRow(UUID lead, String token, Triggers.Assignment assignment) {

        static Stream<TriggerRow> of(Lead lead) {
            return lead.triggers().assignments().entrySet().stream()
                    .map(entry -> new TriggerRow(lead.id().value(), entry.getKey(), entry.getValue()));
        }
    }
}

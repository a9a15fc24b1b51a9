package io.siaran.campaign.lead;

import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.Tags;
import io.siaran.model.TargetStatus;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Leads as they are read: whole, to be changed or announced, or as they are shown, which costs a third of it. */
final class LeadRows {

    /** Whole leads, with every trigger that each ever carried; rows for {@link #leads}. */
    static final String READ = Sql.load(LeadRows.class, "read-leads.sql");

    /** Rows for {@link #views}. */
    static final String SHOW = Sql.load(LeadRows.class, "show-leads.sql");

    private LeadRows() {}

    static List<Lead> leads(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(LeadRows::lead)
                .toList();
    }

    static List<LeadView> views(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(LeadRows::view)
                .toList();
    }

    private static LeadView view(Row row) {
        return LeadView.of(
                new LeadId(row.getUUID("id")),
                body(row),
                row.getBoolean("opted_out"),
                time(row, "created_at"),
                time(row, "updated_at"),
                row.getLong("version"));
    }

    private static Lead lead(Row row) {
        LeadBody body = body(row);
        return new Lead(
                new LeadId(row.getUUID("id")),
                new UserId(row.getString("user_id")),
                body,
                new Triggers(Tags.of(body.trigger()), assignments(row)),
                withdrawn(row),
                row.getLong("version"),
                row.getBoolean("deleted"),
                row.getBoolean("opted_out"),
                time(row, "created_at"),
                time(row, "updated_at"));
    }

    private static LeadBody body(Row row) {
        return new LeadBody(
                new DeviceId(row.getUUID("device_id")),
                row.getString("name"),
                row.getString("phone"),
                row.getString("niche"),
                WireEnum.read(TargetStatus.class, row.getString("target_status")),
                row.getString("trigger"),
                Attributes.read(row.getString("attributes_json")),
                row.getString("consent_source"),
                time(row, "consent_at"));
    }

    private static List<MessageId> withdrawn(Row row) {
        UUID[] messages = row.getArrayOfUUIDs("withdrawn");
        return messages == null
                ? List.of()
                : Stream.of(messages).map(MessageId::new).toList();
    }

    private static Instant time(Row row, String column) {
        OffsetDateTime time = row.get(OffsetDateTime.class, column);
        return time == null ? null : time.toInstant();
    }

    private static Map<String, Triggers.Assignment> assignments(Row row) {
        String[] triggers = row.getArrayOfStrings("trigger_tags");
        Long[] numbers = row.getArrayOfLongs("trigger_assignments");
        Boolean[] presence = row.getArrayOfBooleans("trigger_presence");
        Map<String, Triggers.Assignment> assignments = new HashMap<>();
        for (int i = 0; i < triggers.length; i++) {
            assignments.put(triggers[i], new Triggers.Assignment(numbers[i], presence[i]));
        }
        return assignments;
    }
}

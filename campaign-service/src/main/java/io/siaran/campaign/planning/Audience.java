package io.siaran.campaign.planning;

import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PersonName;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Tag;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Whom a campaign reaches, read in pages. Blocks: for virtual threads. */
@ApplicationScoped
public class Audience {

    private static final String PAGE = Sql.load(Audience.class, "audience-page.sql");
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;

    Audience(Database database) {
        this.database = database;
    }

    /**
     * The next leads in the order of their ids, by what was published of this run so far; empty when there are no more.
     *
     * @param cursor the last lead of the page before; null for the first page
     */
    public List<AudienceRow> page(Campaign campaign, LeadId cursor, int size) {
        CampaignTerms terms = campaign.terms();
        var rows = database.run(
                PAGE,
                campaign.userId().value(),
                Tag.fold(terms.niche()),
                terms.targetStatus().wire(),
                terms.duplicatePhones() == DuplicatePhones.ONCE,
                terms.offlineDevices() == OfflineDevices.SKIP,
                cursor == null ? BEFORE_ALL : cursor.value(),
                size,
                campaign.id().value(),
                campaign.run());
        return StreamSupport.stream(rows.spliterator(), false)
                .map(Audience::read)
                .toList();
    }

    /** A row that cannot be read holds up nobody else of its page. */
    private static AudienceRow read(Row row) {
        LeadId lead = new LeadId(row.getUUID("id"));
        try {
            return recipient(lead, row);
        } catch (RuntimeException unreadable) {
            return new AudienceRow.Unreadable(lead, unreadable.getMessage());
        }
    }

    private static AudienceLead recipient(LeadId lead, Row row) {
        return new AudienceLead(
                lead,
                new DeviceId(row.getUUID("device_id")),
                new PhoneNumber(row.getString("phone")),
                PersonName.orNull(row.getString("name")),
                Attributes.read(row.getString("attributes")),
                row.getBoolean("skipped"));
    }
}

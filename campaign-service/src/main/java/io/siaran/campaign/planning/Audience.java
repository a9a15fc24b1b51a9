package io.siaran.campaign.planning;

import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PersonName;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whom a campaign reaches, read in pages. Blocks: for virtual threads. */
@ApplicationScoped
public class Audience {

    private static final String PAGE = Sql.load(Audience.class, "audience-page.sql");
    private static final String FIRST = Sql.load(Audience.class, "sample-leads.sql");
    private static final String PERHAPS_TOO_LONG = Sql.load(Audience.class, "perhaps-too-long.sql");
    private static final String ONE =
            "SELECT id, device_id, phone, name, attributes::text AS attributes, version, platform, refusal"
                    + " FROM candidates($1, $2, $3, $4, $5::text::jsonb) WHERE id = $6";
    private static final int MANY = 5_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;

    Audience(Database database) {
        this.database = database;
    }

    /**
     * The next leads of a run in the order of their ids; empty when there are no more. Whether two of them are one person is
     * not said here: only what earlier pages reached tells.
     *
     * @param began when the run's fan-out began: the leads that existed then are its audience
     * @param cursor the last lead of the page before; null for the first page
     */
    public List<AudienceRow> page(Campaign campaign, Instant began, LeadId cursor, int size) {
        return page(campaign.userId(), campaign.terms(), began, cursor, size);
    }

    List<AudienceRow> page(UserId user, CampaignTerms terms, Instant began, LeadId cursor, int size) {
        PlatformLength length = new PlatformLength(terms);
        var rows = database.run(
                PAGE,
                new Candidates(user, terms, began)
                        .arguments(cursor == null ? BEFORE_ALL : cursor.value(), size, began.atOffset(ZoneOffset.UTC)));
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> read(row, length))
                .toList();
    }

    /**
     * The leads whose text is longer than their platform takes, of those that would be written to now. Only those are read for
     * whom the text may be too long: mostly nobody, of a million.
     */
    Stream<LeadId> tooLong(Tx tx, UserId user, CampaignTerms terms) {
        PlatformLength length = new PlatformLength(terms);
        return Stream.iterate(
                        perhapsTooLong(tx, user, terms, length, BEFORE_ALL),
                        page -> !page.isEmpty(),
                        page -> page.size() < MANY
                                ? List.of()
                                : perhapsTooLong(
                                        tx,
                                        user,
                                        terms,
                                        length,
                                        page.getLast().leadId().value()))
                .flatMap(List::stream)
                .filter(AudienceRow.LeftOut.class::isInstance)
                .map(AudienceRow::leadId);
    }

    private List<AudienceRow> perhapsTooLong(
            Tx tx, UserId user, CampaignTerms terms, PlatformLength length, UUID cursor) {
        var rows = tx.run(
                PERHAPS_TOO_LONG,
                new Candidates(user, terms)
                        .arguments(PlatformLength.WABLAS, length.harmless(), length.readsAttributes(), cursor, MANY));
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> read(row, length))
                .toList();
    }

    /** The first leads that would be written to now. */
    List<AudienceRow> first(Tx tx, UserId user, CampaignTerms terms, int atMost) {
        PlatformLength length = new PlatformLength(terms);
        var rows = tx.run(FIRST, new Candidates(user, terms).arguments(atMost));
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> read(row, length))
                .toList();
    }

    /**
     * What a campaign's audience says of one lead; empty where the lead does not have its niche, or is not of its segment.
     *
     * @param began when the run's fan-out began; null where it has not
     */
    public Optional<AudienceRow> of(Campaign campaign, LeadId lead, Instant began) {
        CampaignTerms terms = campaign.terms();
        PlatformLength length = new PlatformLength(terms);
        var rows = database.run(ONE, new Candidates(campaign.userId(), terms, began).arguments(lead.value()));
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> read(row, length))
                .findFirst();
    }

    /** A row that cannot be read holds up nobody else of its page. */
    private static AudienceRow read(Row row, PlatformLength length) {
        LeadId lead = new LeadId(row.getUUID("id"));
        try {
            String refusal = row.getString("refusal");
            return refusal == null ? recipient(lead, row, length) : leftOut(lead, row, refusal);
        } catch (RuntimeException unreadable) {
            return new AudienceRow.Unreadable(lead, unreadable.getMessage());
        }
    }

    private static AudienceRow leftOut(LeadId lead, Row row, String refusal) {
        return new AudienceRow.LeftOut(
                lead, new DeviceId(row.getUUID("device_id")), WireEnum.read(Exclusion.class, refusal));
    }

    private static AudienceRow recipient(LeadId id, Row row, PlatformLength length) {
        AudienceLead lead = new AudienceLead(
                id,
                new DeviceId(row.getUUID("device_id")),
                new PhoneNumber(row.getString("phone")),
                PersonName.orNull(row.getString("name")),
                Attributes.read(row.getString("attributes")),
                row.getLong("version"));
        return length.isExceededBy(lead, row.getString("platform"))
                ? lead.leftOut(Exclusion.TOO_LONG_FOR_PLATFORM)
                : lead;
    }
}

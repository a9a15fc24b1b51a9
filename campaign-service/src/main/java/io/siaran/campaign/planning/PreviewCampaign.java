package io.siaran.campaign.planning;

import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.model.template.Template;
import io.siaran.model.template.Variables;
import io.siaran.rest.Reads;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Plays a campaign without sending it. Blocks: for virtual threads. */
@ApplicationScoped
class PreviewCampaign {

    private static final String COUNT = Sql.load(PreviewCampaign.class, "preview.sql");
    /** A million phones are sorted in memory. */
    private static final String ROOM = "SELECT set_config('work_mem', '128MB', true)";

    private static final int SAMPLES = 3;
    private static final int DEVICES_SHOWN = 500;

    private final Reads reads;
    private final Audience audience;
    private final Forecasts forecasts;
    private final QueueOfDevices queue;
    private final Clock clock;

    PreviewCampaign(Reads reads, Audience audience, Forecasts forecasts, QueueOfDevices queue, Clock clock) {
        this.reads = reads;
        this.audience = audience;
        this.forecasts = forecasts;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * @param stored the campaign that is played; null for a draft
     * @param token of the caller, by which dispatch-service is asked
     */
    CampaignPreview preview(UserId user, CampaignTerms terms, CampaignId stored, String token) {
        // It answers while the audience is counted.
        var asked = queue.ask(stored, token);
        AudienceCount count = reads.inTransaction(tx -> count(tx, user, terms));
        Instant now = clock.instant();
        Instant begin = terms.planned().isBefore(now) ? now : terms.planned();
        Instant dayEnd = dayEnd(terms, begin);
        Optional<Map<DeviceId, Long>> queued = asked.join();
        List<DeviceShare> shares =
                reads.inTransaction(tx -> forecasts.shares(tx, user, terms, count.reachedByDevice(), stored, queued));
        List<CampaignPreview.OnDevice> devices = shares.stream()
                .map(share -> share.view(count, share.forecast().end(begin)))
                .sorted(Comparator.comparing(CampaignPreview.OnDevice::audience).reversed())
                .toList();
        return new CampaignPreview(
                count.reached(),
                excluded(count),
                begin,
                devices.stream()
                        .map(CampaignPreview.OnDevice::expectedEnd)
                        .max(Comparator.naturalOrder())
                        .orElse(begin),
                queued.isPresent(),
                wouldExpire(terms, begin, shares),
                dayEnd,
                Forecast.moreDevices(shares.stream().map(DeviceShare::forecast).toList(), begin, dayEnd),
                terms.checkNumbers(),
                devices.stream().limit(DEVICES_SHOWN).toList(),
                reads.inTransaction(tx -> samples(tx, user, terms)));
    }

    private static List<CampaignPreview.Excluded> excluded(AudienceCount count) {
        return count.reasons().entrySet().stream()
                .map(each -> new CampaignPreview.Excluded(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(CampaignPreview.Excluded::leads).reversed())
                .toList();
    }

    private static long wouldExpire(CampaignTerms terms, Instant begin, List<DeviceShare> shares) {
        Instant expiry = terms.expireAfter().of(terms.planned());
        return expiry == null
                ? 0
                : shares.stream()
                        .mapToLong(share -> share.notSentUntil(begin, expiry))
                        .sum();
    }

    /** Of the day on which it begins. */
    private static Instant dayEnd(CampaignTerms terms, Instant begin) {
        LocalTime last = Objects.requireNonNullElse(terms.sendUntil(), LocalTime.of(23, 59, 59));
        Instant end = begin.atZone(terms.timeZone()).with(last).toInstant();
        return end.isBefore(begin) ? begin : end;
    }

    private AudienceCount count(Tx tx, UserId user, CampaignTerms terms) {
        PlatformLength length = new PlatformLength(terms);
        boolean once = terms.duplicatePhones() == DuplicatePhones.ONCE;
        String allOf = length.isExceededByAll() ? PlatformLength.WABLAS : null;
        Object[] arguments = new Candidates(user, terms).arguments(once, allOf, tooLong(tx, user, terms, length));
        AudienceCount count = new AudienceCount();
        tx.run(ROOM);
        tx.run(COUNT, arguments)
                .forEach(row -> count.add(new DeviceId(row.getUUID("device_id")), reason(row), row.getLong("leads")));
        return count;
    }

    /** Where the text may be too long for somebody, only each lead's own values tell. */
    private UUID[] tooLong(Tx tx, UserId user, CampaignTerms terms, PlatformLength length) {
        return length.mayBeExceeded() && !length.isExceededByAll()
                ? audience.tooLong(tx, user, terms).map(LeadId::value).toArray(UUID[]::new)
                : new UUID[0];
    }

    private static Exclusion reason(Row row) {
        String reason = row.getString("reason");
        return reason == null ? null : WireEnum.read(Exclusion.class, reason);
    }

    private List<CampaignPreview.Sample> samples(Tx tx, UserId user, CampaignTerms terms) {
        Template text = Template.parse(terms.message());
        List<CampaignPreview.Sample> samples = new ArrayList<>();
        for (AudienceRow row : audience.first(tx, user, terms, SAMPLES)) {
            if (row instanceof AudienceLead lead) {
                Variables reader = new Variables(lead.name(), lead.phone().digits(), terms.niche(), lead.attributes());
                Random random = new Random(lead.leadId().value().getLeastSignificantBits());
                samples.add(new CampaignPreview.Sample(
                        lead.leadId(),
                        lead.deviceId(),
                        lead.phone(),
                        text.render(reader, random).text()));
            }
        }
        return samples;
    }
}

package io.siaran.campaign.planning;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.Tag;
import io.siaran.model.UserId;
import io.siaran.model.Wire;
import io.siaran.model.template.Template;
import io.siaran.model.template.Variables;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Plays a campaign without sending it. Blocks: for virtual threads. */
@ApplicationScoped
class PreviewCampaign {

    private static final String COUNT = Sql.load(PreviewCampaign.class, "preview.sql");
    /** A million phones are sorted in memory. */
    private static final String ROOM = "SELECT set_config('work_mem', '128MB', true)";

    private static final String DEVICES = "SELECT id, name, status, min_delay, max_delay, hourly_cap, daily_cap"
            + " FROM devices WHERE user_id = $1 AND id = ANY ($2::uuid[])";
    private static final int SAMPLES = 3;
    private static final int DEVICES_SHOWN = 500;
    private static final int PAGE = 5_000;

    /** The pace of a device that has none of its own, in seconds. */
    private static final int MIN_DELAY = 10;

    private static final int MAX_DELAY = 30;

    private final Database database;
    private final Audience audience;
    private final Clock clock;

    PreviewCampaign(Database database, Audience audience, Clock clock) {
        this.database = database;
        this.audience = audience;
        this.clock = clock;
    }

    CampaignPreview preview(UserId user, CampaignTerms terms) {
        AudienceCount count = new PlatformLength(terms).mayBeExceeded() ? read(user, terms) : count(user, terms);
        Instant now = clock.instant();
        Instant begin = terms.planned().isBefore(now) ? now : terms.planned();
        List<CampaignPreview.OnDevice> devices = devices(user, terms, count, begin);
        return new CampaignPreview(
                count.reached(),
                count.reasons().entrySet().stream()
                        .map(each -> new CampaignPreview.Excluded(each.getKey(), each.getValue()))
                        .sorted(Comparator.comparing(CampaignPreview.Excluded::leads)
                                .reversed())
                        .toList(),
                begin,
                devices.stream()
                        .map(CampaignPreview.OnDevice::expectedEnd)
                        .max(Comparator.naturalOrder())
                        .orElse(begin),
                devices.stream().limit(DEVICES_SHOWN).toList(),
                samples(user, terms));
    }

    private AudienceCount count(UserId user, CampaignTerms terms) {
        AudienceCount count = new AudienceCount();
        database.doInTransaction(tx -> {
            tx.run(ROOM);
            tx.run(
                            COUNT,
                            user.value(),
                            Tag.fold(terms.niche()),
                            terms.targetStatus().wire(),
                            terms.offlineDevices() == OfflineDevices.SKIP,
                            terms.duplicatePhones() == DuplicatePhones.ONCE)
                    .forEach(row ->
                            count.add(new DeviceId(row.getUUID("device_id")), reason(row), row.getLong("leads")));
        });
        return count;
    }

    private static Exclusion reason(Row row) {
        String reason = row.getString("reason");
        return reason == null ? null : Wire.read(Exclusion.class, reason);
    }

    /** Where the text may be too long for somebody, only each lead's own values tell. */
    private AudienceCount read(UserId user, CampaignTerms terms) {
        AudienceCount count = new AudienceCount();
        Set<Long> met = new HashSet<>();
        boolean once = terms.duplicatePhones() == DuplicatePhones.ONCE;
        LeadId cursor = null;
        List<AudienceRow> page = audience.page(user, terms, clock.instant(), cursor, PAGE);
        while (!page.isEmpty()) {
            for (AudienceRow row : page) {
                switch (row) {
                    case AudienceLead lead -> {
                        boolean twin =
                                once && !met.add(Long.valueOf(lead.phone().digits()));
                        count.add(lead.deviceId(), twin ? Exclusion.DUPLICATE_PHONE : null, 1);
                    }
                    case AudienceRow.LeftOut out -> count.add(out.deviceId(), out.reason(), 1);
                    case AudienceRow.Unreadable unreadable -> {}
                }
            }
            cursor = page.getLast().leadId();
            page = page.size() < PAGE ? List.of() : audience.page(user, terms, clock.instant(), cursor, PAGE);
        }
        return count;
    }

    private List<CampaignPreview.OnDevice> devices(
            UserId user, CampaignTerms terms, AudienceCount count, Instant begin) {
        Map<DeviceId, Row> known = new HashMap<>();
        UUID[] ids =
                count.reachedByDevice().keySet().stream().map(DeviceId::value).toArray(UUID[]::new);
        database.run(DEVICES, user.value(), ids).forEach(row -> known.put(new DeviceId(row.getUUID("id")), row));
        List<CampaignPreview.OnDevice> devices = new ArrayList<>();
        count.reachedByDevice().forEach((device, leads) -> {
            Row row = known.get(device);
            devices.add(new CampaignPreview.OnDevice(
                    device,
                    row == null ? null : row.getString("name"),
                    row == null ? null : row.getString("status"),
                    leads,
                    count.leftOut(device),
                    forecast(terms, leads, row).ends(begin)));
        });
        devices.sort(Comparator.comparing(CampaignPreview.OnDevice::audience).reversed());
        return devices;
    }

    /** The campaign's pace, else the device's, else the one of whoever has none. */
    private static Forecast forecast(CampaignTerms terms, long leads, Row device) {
        Integer min = device == null ? null : device.getInteger("min_delay");
        Integer max = device == null ? null : device.getInteger("max_delay");
        boolean own = min != null && max != null;
        return new Forecast(
                leads,
                Objects.requireNonNullElse(terms.minDelaySeconds(), own ? min : MIN_DELAY),
                Objects.requireNonNullElse(terms.maxDelaySeconds(), own ? max : MAX_DELAY),
                device == null ? null : device.getInteger("hourly_cap"),
                device == null ? null : device.getInteger("daily_cap"));
    }

    private List<CampaignPreview.Sample> samples(UserId user, CampaignTerms terms) {
        Template text = Template.parse(terms.message());
        List<CampaignPreview.Sample> samples = new ArrayList<>();
        for (AudienceRow row : audience.first(user, terms, SAMPLES)) {
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

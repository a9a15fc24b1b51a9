package io.siaran.dispatch.analytics;

import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.SequenceId;
import io.siaran.model.UserId;
import io.siaran.model.Wire;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reports from the counts, which never read messages. */
@ApplicationScoped
class Analytics {

    private static final int MOST_GROUPS = 10_000;

    /** Where a day begins first. */
    static final ZoneOffset EASTERNMOST = ZoneOffset.ofHours(14);

    private final Reads reads;
    private final Clock clock;

    Analytics(Reads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /** Throws {@link Refusal} (a 400) for a stretch of time that is none, and for more groups than a report has. */
    AnalyticsReport report(UserId user, AnalyticsQuery asked) {
        AnalyticsQuery query = asked.within(LocalDate.now(clock.withZone(EASTERNMOST)));
        List<Outcomes> groups = StreamSupport.stream(
                        reads.run(query.groupBy().sql(query.counts()), arguments(user, query))
                                .spliterator(),
                        false)
                .map(Outcomes::of)
                .toList();
        if (groups.size() > MOST_GROUPS) {
            throw Refusal.invalid("group_by", "makes more than " + MOST_GROUPS + " groups: narrow it by filters");
        }
        return new AnalyticsReport(query.from(), query.to(), query.groupBy(), groups, Outcomes.total(groups));
    }

    static Object[] arguments(UserId user, AnalyticsQuery query) {
        UUID[] devices = ids(query.deviceId(), DeviceId::value);
        UUID[] campaigns = ids(query.campaignId(), CampaignId::value);
        UUID[] sequences = ids(query.sequenceId(), SequenceId::value);
        String[] niches = texts(query.niche(), Function.identity());
        String[] kinds = texts(query.kind(), Wire::wire);
        int most = MOST_GROUPS + 1;
        return switch (query.counts()) {
            case DEVICES ->
                new Object[] {user.value(), query.from(), query.to(), devices, campaigns, sequences, niches, kinds, most
                };
            case MONTHS -> {
                Days months = new Days(query.from(), query.to()).wholeMonths();
                yield new Object[] {
                    user.value(), query.from(), months.from(), months.to(), query.to(), devices, kinds, most
                };
            }
            case HOURS ->
                new Object[] {user.value(), query.from(), query.to(), campaigns, sequences, niches, kinds, most};
            case REASONS -> new Object[] {user.value(), query.from(), query.to(), campaigns, sequences, kinds, most};
        };
    }

    private static <T> UUID[] ids(List<T> values, Function<T, UUID> value) {
        return values == null || values.isEmpty()
                ? null
                : values.stream().map(value).toArray(UUID[]::new);
    }

    private static <T> String[] texts(List<T> values, Function<T, String> value) {
        return values == null || values.isEmpty()
                ? null
                : values.stream().map(value).toArray(String[]::new);
    }
}

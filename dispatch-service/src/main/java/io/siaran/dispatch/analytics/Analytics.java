package io.siaran.dispatch.analytics;

import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.SequenceId;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.rest.MadeFile;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
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

    private static final int MOST_GROUPS_OF_A_FILE = 50_000;

    /** Room for all those groups, each with the longest title of one byte a letter; one of emojis takes four times as much. */
    static final long MOST_BYTES = 20 * 1_048_576;

    private static final int ROWS_AT_A_TIME = 1_000;

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
        AnalyticsQuery query = within(asked);
        RowSet<Row> rows = reads.run(query.groupBy().sql(query.counts()), arguments(user, query, MOST_GROUPS + 1));
        requireFew(rows.size(), MOST_GROUPS);
        List<Outcomes> groups = StreamSupport.stream(rows.spliterator(), false)
                .map(Outcomes::of)
                .toList();
        return new AnalyticsReport(query.from(), query.to(), query.groupBy(), groups, Outcomes.total(groups));
    }

    /**
     * The same groups in a file, whole: of one statement and so of one moment, and whoever takes his time to read it has neither a
     * transaction nor a connection meanwhile. Its rows are in memory a few at a time.
     * Throws as {@link #report}, and what the file throws.
     */
    void writeTo(MadeFile file, UserId user, AnalyticsQuery asked) {
        AnalyticsQuery query = within(asked);
        reads.inTransaction(tx -> {
            Csv csv = new Csv(file);
            tx.each(
                    ROWS_AT_A_TIME,
                    row -> csv.add(Outcomes.of(row)),
                    query.groupBy().sql(query.counts()),
                    arguments(user, query, MOST_GROUPS_OF_A_FILE + 1));
            requireFew(csv.groups(), MOST_GROUPS_OF_A_FILE);
            return csv.file();
        });
    }

    private AnalyticsQuery within(AnalyticsQuery asked) {
        return asked.within(LocalDate.now(clock.withZone(EASTERNMOST)));
    }

    private static void requireFew(int groups, int most) {
        if (groups > most) {
            throw Refusal.invalid("group_by", "makes more than " + most + " groups: narrow it by filters");
        }
    }

    static Refusal tooLong() {
        return Refusal.invalid(
                "group_by", "makes a file of more than " + MOST_BYTES / 1_048_576 + " MB: narrow it by filters");
    }

    static Object[] arguments(UserId user, AnalyticsQuery query, int most) {
        UUID[] devices = ids(query.deviceId(), DeviceId::value);
        UUID[] campaigns = ids(query.campaignId(), CampaignId::value);
        UUID[] sequences = ids(query.sequenceId(), SequenceId::value);
        String[] niches = texts(query.niche(), Function.identity());
        String[] kinds = texts(query.kind(), WireEnum::wire);
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

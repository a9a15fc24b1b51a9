package io.siaran.dispatch.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a group of messages; should_send is always the sum of the six statuses. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Outcomes(
        @Schema(
                description =
                        "of the group: a day, an id, a niche, a kind; null for messages that have none, and for the total",
                nullable = true,
                example = "2026-11-28")
        String key,

        @Schema(
                description = "the name of the device, the title of the campaign or sequence",
                nullable = true,
                example = "Merah")
        String label,

        @Schema(description = "all messages", example = "1200")
        long shouldSend,

        @Schema(description = "that wait", example = "100") long pending,

        @Schema(description = "that are being sent", example = "4")
        long processing,

        @Schema(description = "that were sent", example = "1000")
        long sent,

        @Schema(description = "that failed", example = "90") long failed,

        @Schema(description = "that were cancelled", example = "5")
        long cancelled,

        @Schema(description = "of which nobody knows", example = "1")
        long unknown,

        @Schema(description = "that reached the phone", example = "900")
        long delivered,

        @Schema(description = "that were opened", example = "450")
        long read,

        @Schema(
                description =
                        "whose recipient answered the device within seven days, and got no later one of it before",
                example = "60")
        long replied,

        @Schema(
                description =
                        "after which the recipient was opted out, within seven days and with no later message before",
                example = "3")
        long optedOut,

        @Schema(description = "that are pending or processing", example = "104")
        long remaining,

        @Schema(
                description = "delivered of those sent, from 0 to 1; null where none was sent",
                nullable = true,
                example = "0.9")
        BigDecimal deliveryRate,

        @Schema(
                description = "read of those sent, from 0 to 1; null where none was sent",
                nullable = true,
                example = "0.45")
        BigDecimal readRate,

        @Schema(
                description = "replied of those sent, from 0 to 1; null where none was sent",
                nullable = true,
                example = "0.06")
        BigDecimal replyRate,

        @Schema(
                description = "opted_out of those sent, from 0 to 1; null where none was sent",
                nullable = true,
                example = "0.003")
        BigDecimal optOutRate,

        @Schema(
                description = "failed of all, from 0 to 1; null where there are none",
                nullable = true,
                example = "0.075")
        BigDecimal failureRate) {

    private static final int DIGITS = 4;

    static Outcomes of(Row row) {
        return of(
                row.getString("key"),
                row.getString("label"),
                List.of(
                        row.getLong("pending"),
                        row.getLong("processing"),
                        row.getLong("sent"),
                        row.getLong("failed"),
                        row.getLong("cancelled"),
                        row.getLong("unknown"),
                        row.getLong("delivered"),
                        row.getLong("read"),
                        row.getLong("replied"),
                        row.getLong("opted_out")));
    }

    /** Of all groups together. */
    static Outcomes total(List<Outcomes> groups) {
        return of(
                null,
                null,
                List.of(
                        sum(groups, Outcomes::pending),
                        sum(groups, Outcomes::processing),
                        sum(groups, Outcomes::sent),
                        sum(groups, Outcomes::failed),
                        sum(groups, Outcomes::cancelled),
                        sum(groups, Outcomes::unknown),
                        sum(groups, Outcomes::delivered),
                        sum(groups, Outcomes::read),
                        sum(groups, Outcomes::replied),
                        sum(groups, Outcomes::optedOut)));
    }

    /** A line of CSV without its key and label. */
    List<Object> csv() {
        return List.of(
                shouldSend,
                pending,
                processing,
                sent,
                failed,
                cancelled,
                unknown,
                delivered,
                read,
                remaining,
                replied,
                optedOut);
    }

    private static Outcomes of(String key, String label, List<Long> n) {
        long stored = n.stream().limit(6).mapToLong(Long::longValue).sum();
        long sent = n.get(2);
        return new Outcomes(
                key,
                label,
                stored,
                n.get(0),
                n.get(1),
                sent,
                n.get(3),
                n.get(4),
                n.get(5),
                n.get(6),
                n.get(7),
                n.get(8),
                n.get(9),
                n.get(0) + n.get(1),
                rate(n.get(6), sent),
                rate(n.get(7), sent),
                rate(n.get(8), sent),
                rate(n.get(9), sent),
                rate(n.get(3), stored));
    }

    private static long sum(List<Outcomes> groups, ToLongFunction<Outcomes> count) {
        return groups.stream().mapToLong(count).sum();
    }

    private static BigDecimal rate(long part, long whole) {
        return whole == 0
                ? null
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), DIGITS, RoundingMode.HALF_UP);
    }
}

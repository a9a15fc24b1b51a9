package io.siaran.gateway.callback;

import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.rest.PageRequest;
import io.siaran.rest.PhoneField;
import io.siaran.rest.Refusal;
import io.siaran.rest.SearchText;
import io.siaran.rest.ViolationCode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The filters of a list of replies; a {@code @BeanParam}. All that are given must match; of the devices, any. */
record InboundFilters(
        @Parameter(description = "only what was written to one of these devices; may repeat") @RestQuery("device_id")
        List<DeviceId> deviceId,

        @Parameter(description = "only what this person wrote, in any spelling", example = "012-345 6789") @RestQuery
        String phone,

        @Parameter(description = "only what was told at or after this time", example = "2026-11-27T01:00:00Z")
        @RestQuery
        Instant since,

        @Parameter(
                description = "a part of the text or of the name, or a part of the phone in any spelling",
                example = "harga")
        @RestQuery
        String q,

        @Parameter(
                description =
                        "true: only what asks, or may ask, to stop, of senders whom WhatsApp hides and nobody has handled;"
                                + " false: all but that",
                example = "true")
        @RestQuery("hidden_stop")
        Boolean hiddenStop) {

    /** As the index of these has it. */
    private static final String HIDDEN_STOP = "phone IS NULL AND wish IN ('stop', 'doubtful') AND handled_at IS NULL";

    /** A statement and its arguments. */
    record Query(String sql, Object[] arguments) {}

    /** The newest first: an id begins with the time at which its reply was taken. */
    Query of(UserId user, PageRequest page, String region) {
        List<Object> arguments = new ArrayList<>(List.of(user.value()));
        StringBuilder sql = new StringBuilder("SELECT ")
                .append(InboundView.COLUMNS)
                .append(" FROM inbound_messages WHERE user_id = $1");
        page.after(UUID::fromString).ifPresent(last -> and(sql, arguments, "id < ?", last));
        if (deviceId != null && !deviceId.isEmpty()) {
            and(sql, arguments, "device_id = ANY (?)", devices());
        }
        if (phone != null) {
            and(
                    sql,
                    arguments,
                    "phone = ?",
                    PhoneField.parse("phone", phone, region).digits());
        }
        if (since != null) {
            and(sql, arguments, "received_at >= ?", since.atOffset(ZoneOffset.UTC));
        }
        if (hiddenStop != null) {
            sql.append(" AND ").append(hiddenStop ? HIDDEN_STOP : "(" + HIDDEN_STOP + ") IS NOT TRUE");
        }
        if (q != null) {
            search(sql, arguments, SearchText.of(q, region));
        }
        arguments.add(page.rowsToRead());
        return new Query(sql + " ORDER BY id DESC LIMIT $" + arguments.size() + "::int", arguments.toArray());
    }

    private UUID[] devices() {
        if (deviceId.stream().anyMatch(Objects::isNull)) {
            throw Refusal.invalid("device_id", "must not be blank", ViolationCode.REQUIRED);
        }
        return deviceId.stream().map(DeviceId::value).toArray(UUID[]::new);
    }

    private static void search(StringBuilder sql, List<Object> arguments, SearchText wanted) {
        arguments.add(wanted.anywhere());
        String text = "$" + arguments.size() + "::text";
        sql.append(" AND (text ILIKE ").append(text).append(" OR name ILIKE ").append(text);
        wanted.phoneDigits().ifPresent(digits -> {
            arguments.add("%" + digits + "%");
            sql.append(" OR phone LIKE $").append(arguments.size()).append("::text");
        });
        sql.append(')');
    }

    private static void and(StringBuilder sql, List<Object> arguments, String condition, Object argument) {
        arguments.add(argument);
        sql.append(" AND ").append(condition.replace("?", "$" + arguments.size()));
    }
}

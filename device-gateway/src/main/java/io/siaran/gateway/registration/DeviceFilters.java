package io.siaran.gateway.registration;

import io.quarkus.panache.common.Parameters;
import io.siaran.gateway.device.Engine;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.PlatformName;
import io.siaran.model.DeviceStatus;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.rest.PhoneField;
import io.siaran.rest.Refusal;
import io.siaran.rest.SearchText;
import io.siaran.rest.ViolationCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The filters of a list of devices; a {@code @BeanParam}. All that are given must match; of one that repeats, any. */
record DeviceFilters(
        @Parameter(description = "only devices with one of these states; may repeat", example = "online") @RestQuery
        List<DeviceStatus> status,

        @Parameter(description = "only devices of one of these platforms; may repeat", example = "wablas") @RestQuery
        List<PlatformName> platform,

        @Parameter(description = "only WhatsApp Web devices of one of these servers; may repeat", example = "waha")
        @RestQuery
        List<Engine> engine,

        @Parameter(
                description =
                        "only devices with this number, as their owner gave it or as it is linked, in any spelling",
                example = "012-345 6789")
        @RestQuery
        String phone,

        @Parameter(description = "a part of the name, or of the number in any spelling", example = "merah") @RestQuery
        String q,

        @Parameter(description = "only devices that changed at or after this time", example = "2026-11-27T01:00:00Z")
        @RestQuery("updated_since")
        Instant updatedSince,

        @Parameter(
                description =
                        "created_at (the default), -created_at, the newest first, or trouble: first what somebody has to"
                                + " look at (banned, refused, restricted, disconnected, in doubt, unreachable, unchecked, paused)",
                example = "trouble")
        @RestQuery
        DeviceOrder sort) {

    /** A condition of HQL, and its parameters. */
    record Condition(String hql, Parameters parameters) {}

    DeviceOrder order() {
        return Objects.requireNonNullElse(sort, DeviceOrder.OLDEST_FIRST);
    }

    /**
     * @param after the device before, null at the beginning
     * @param region ISO country that a national spelling belongs to
     */
    Condition of(UserId user, DeviceOrder.After after, String region) {
        List<String> all = new ArrayList<>(List.of("userId = :user", "deleted = false"));
        Parameters values = Parameters.with("user", user.value());
        if (after != null) {
            all.add(behind());
            values.and("after", after.id());
            if (order() == DeviceOrder.TROUBLE_FIRST) {
                values.and("trouble", after.trouble());
            }
        }
        if (isGiven("status", status)) {
            all.add("stored.status in :status");
            values.and("status", wires(status));
        }
        if (isGiven("platform", platform)) {
            all.add("platform in :platform");
            values.and("platform", stored(known -> platform.contains(known.platformName())));
        }
        if (isGiven("engine", engine)) {
            all.add("platform in :engine");
            values.and("engine", stored(known -> engine.contains(known.engine())));
        }
        if (phone != null) {
            all.add("(phone = :phone or linkedPhone = :phone)");
            values.and("phone", PhoneField.parse("phone", phone, region).digits());
        }
        if (updatedSince != null) {
            all.add("updatedAt >= :since");
            values.and("since", updatedSince);
        }
        if (q != null) {
            all.add(search(values, region));
        }
        return new Condition(String.join(" and ", all) + " order by " + columns(), values);
    }

    private String behind() {
        return switch (order()) {
            case OLDEST_FIRST -> "id > :after";
            case NEWEST_FIRST -> "id < :after";
            case TROUBLE_FIRST -> "(trouble, id) > (:trouble, :after)";
        };
    }

    private String columns() {
        return switch (order()) {
            case OLDEST_FIRST -> "id asc";
            case NEWEST_FIRST -> "id desc";
            case TROUBLE_FIRST -> "trouble asc, id asc";
        };
    }

    private String search(Parameters values, String region) {
        SearchText sought = SearchText.of(q, region);
        values.and("name", sought.anywhere().toLowerCase(Locale.ROOT));
        String byName = "lower(name) like :name escape '\\'";
        if (sought.digits() == null) {
            return byName;
        }
        values.and("digits", '%' + sought.digits() + '%');
        return '(' + byName + " or phone like :digits or linkedPhone like :digits)";
    }

    private static boolean isGiven(String name, List<?> filter) {
        if (filter != null && filter.stream().anyMatch(Objects::isNull)) {
            throw Refusal.invalid(name, "must not be blank", ViolationCode.NOT_ONE_OF);
        }
        return filter != null && !filter.isEmpty();
    }

    private static List<String> stored(Predicate<Platform> wanted) {
        return wires(Stream.of(Platform.values()).filter(wanted).toList());
    }

    private static List<String> wires(List<? extends WireEnum> constants) {
        return constants.stream().map(WireEnum::wire).toList();
    }
}

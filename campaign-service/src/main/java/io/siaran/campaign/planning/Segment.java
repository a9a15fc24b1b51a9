package io.siaran.campaign.planning;

import io.siaran.model.Attributes;
import io.siaran.model.Json;
import io.siaran.model.Limits;
import io.siaran.model.Tag;
import io.siaran.model.Text;
import io.siaran.rest.Violation;
import io.siaran.rest.ViolationCode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A part of the leads with a campaign's niche and status. All that is said must hold. What it means stands in
 * {@code R__candidates.sql}, for preview, count and fan-out alike.
 *
 * @param notWrittenWithinDays null: whenever they were written to last; who was is left out and counted
 */
@Schema(name = "CampaignSegment")
public record Segment(
        @Size(max = Segment.MOST_ATTRIBUTES)
        @Schema(description = "attributes that leads must have, each with one of its values; at most 5")
        List<@Valid AttributeValues> attributes,

        @Schema(
                description = "leads that were added at this time or later; null: whenever",
                example = "2027-10-01T00:00:00Z",
                nullable = true)
        Instant createdAfter,

        @Schema(
                description = "leads that were added before this time; null: whenever",
                example = "2027-11-01T00:00:00Z",
                nullable = true)
        Instant createdBefore,

        @Min(1)
        @Max(365)
        @Schema(
                description =
                        "leads whose person no campaign and no sequence has written to within so many days; null: also those",
                example = "14",
                nullable = true)
        Integer notWrittenWithinDays,

        @Size(max = Segment.MOST_TAGS)
        @Schema(description = "leads with all of these niches too; at most 20", example = "[\"vip\"]")
        List<String> tagsAll,

        @Size(max = Segment.MOST_TAGS)
        @Schema(description = "leads with at least one of these niches; at most 20", example = "[\"kl\", \"penang\"]")
        List<String> tagsAny,

        @Size(max = Segment.MOST_TAGS)
        @Schema(description = "leads with none of these niches; at most 20", example = "[\"staff\"]")
        List<String> tagsNone) {

    static final int MOST_ATTRIBUTES = 5;
    static final int MOST_TAGS = 20;

    private static final Segment NOTHING = new Segment(null, null, null, null, null, null, null);

    /** Leads have been added since then, and will be until then. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    public Segment {
        attributes = copy(attributes);
        tagsAll = copy(tagsAll);
        tagsAny = copy(tagsAny);
        tagsNone = copy(tagsNone);
    }

    /** One attribute and what it may be. */
    @Schema(name = "CampaignSegmentAttribute")
    public record AttributeValues(
            @Schema(maxLength = Limits.ATTRIBUTE_KEY, description = "the attribute", example = "plan")
            String key,

            @Size(min = 1, max = Segment.MOST_TAGS)
            @Schema(description = "its values, one of which a lead must have; at most 20", example = "[\"gold\"]")
            List<String> in) {

        public AttributeValues {
            in = copy(in);
        }
    }

    /** Whether it leaves nobody out. */
    boolean saysNothing() {
        return equals(NOTHING);
    }

    /** What is wrong with it, each by its field. */
    List<Violation> violations() {
        List<Violation> violations = new ArrayList<>();
        requireTags("segment.tags_all", tagsAll, violations);
        requireTags("segment.tags_any", tagsAny, violations);
        requireTags("segment.tags_none", tagsNone, violations);
        for (int i = 0; i < attributes.size(); i++) {
            requireAttribute("segment.attributes[" + i + "]", attributes.get(i), violations);
        }
        requireTime("segment.created_after", createdAfter, violations);
        requireTime("segment.created_before", createdBefore, violations);
        if (createdAfter != null && createdBefore != null && !createdAfter.isBefore(createdBefore)) {
            violations.add(new Violation(
                    "segment.created_before", "must be after created_after", ViolationCode.CONTRADICTION));
        }
        return violations;
    }

    /** As the function {@code candidates} takes it: only what is said, tags as they are compared, and ids of the times. */
    String filter() {
        return filter(null);
    }

    /** @param asOf when it is asked who was written to lately; null: now */
    String filter(Instant asOf) {
        Map<String, Object> filter = new LinkedHashMap<>();
        put(filter, "tags_all", folded(tagsAll));
        put(filter, "tags_any", folded(tagsAny));
        put(filter, "tags_none", folded(tagsNone));
        put(filter, "attributes", attributes);
        filter.put("created_after", createdAfter);
        filter.put("created_before", createdBefore);
        filter.put("first_id", createdAfter == null ? null : new UUID(createdAfter.toEpochMilli() << 16, 0));
        filter.put("last_id", createdBefore == null ? null : new UUID(createdBefore.toEpochMilli() << 16 | 0xFFFF, -1));
        filter.put("not_written_within_days", notWrittenWithinDays);
        filter.put("as_of", asOf);
        filter.values().removeIf(Objects::isNull);
        return Json.write(filter);
    }

    /** Also of a list with an element that is refused, and so is null. */
    private static <T> List<T> copy(List<T> list) {
        return list == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
    }

    private static void put(Map<String, Object> filter, String key, List<?> values) {
        filter.put(key, values.isEmpty() ? null : values);
    }

    private static List<String> folded(List<String> tags) {
        return tags.stream().map(Tag::fold).toList();
    }

    private static void requireTime(String field, Instant time, List<Violation> violations) {
        if (time != null && (time.isBefore(FIRST) || !time.isBefore(LAST))) {
            violations.add(new Violation(field, "must be between 2000 and 2199", ViolationCode.OUT_OF_RANGE));
        }
    }

    private static void requireTags(String field, List<String> tags, List<Violation> violations) {
        if (tags.stream().anyMatch(tag -> !tag.matches(Tag.ONE) || Tag.fold(tag).isEmpty())) {
            violations.add(new Violation(field, "each " + Tag.EXPECTED, ViolationCode.INVALID));
        }
    }

    private static void requireAttribute(String field, AttributeValues wanted, List<Violation> violations) {
        if (wanted.key() == null || !Attributes.isKey(wanted.key())) {
            violations.add(new Violation(field + ".key", "must name an attribute of leads", ViolationCode.INVALID));
        }
        if (wanted.in().stream().anyMatch(value -> Text.length(value) > Limits.ATTRIBUTE_VALUE)) {
            violations.add(new Violation(
                    field + ".in",
                    "each must have at most " + Limits.ATTRIBUTE_VALUE + " characters",
                    ViolationCode.TOO_LONG));
        }
    }
}

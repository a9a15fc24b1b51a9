package io.siaran.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.TargetStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestPath;

/** A resource with a field of every type that bodies of the API have. */
@Path("/api/v1/things")
@RolesAllowed("viewer")
class ThingResource {

    static final long VERSION = 7;

    /** Nobody has this one. */
    static final UUID ABSENT = UUID.fromString("00000000-0000-0000-0000-000000000404");

    private static final String OWNED = "SELECT 1 WHERE $1::uuid <> '" + ABSENT + "' AND $2::text <> ''";

    @AnsweredAs(ThingAnswer.class)
    record Thing(
            @NotBlank @Size(max = 10) String name,
            @MultiLine String text,
            LocalDate day,
            LocalTime time,
            Instant at,
            OffsetDateTime since,
            Duration patience,
            ZoneId zone,
            TargetStatus target,
            Boolean flag,
            @Max(1_000) Integer cap,
            @Schema(nullable = true) Long count,
            BigDecimal hours,
            LeadId lead,
            PhoneNumber phone,
            @Size(max = 3) List<@NotBlank String> greetings,
            @Size(max = 3) List<@Valid Step> steps,
            @Size(max = 2) Set<TargetStatus> targets) {

        @AssertTrue(message = "is needed with cap")
        boolean isFlag() {
            return cap == null || flag != null;
        }
    }

    @AnsweredAs(StepAnswer.class)
    record Step(@NotNull Integer day, String content) {}

    record StepAnswer(UUID id, Integer day, String content) {}

    record ThingAnswer(
            UUID id,
            String name,
            Instant createdAt,
            @JsonUnwrapped Mood mood,
            long version) implements Versioned {}

    record Mood(String feeling) {}

    record ThingCheck(String what, long seconds) implements VersionedByContent {

        @Override
        public Object tagged() {
            return what;
        }
    }

    private final EntityTags tags;

    ThingResource(EntityTags tags) {
        this.tags = tags;
    }

    @Produces
    @Singleton
    static OwnedCollection owned() {
        return new OwnedCollection("things", "thing", OWNED);
    }

    @POST
    public Thing post(@NotNull @Valid Thing body) {
        return body;
    }

    @POST
    @Path("{id}/touch")
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    public ThingAnswer touch(@RestPath UUID id) {
        return new ThingAnswer(id, "Ani", Instant.EPOCH, new Mood("well"), VERSION);
    }

    @POST
    @Path("{id}/check")
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    public ThingCheck check(@RestPath UUID id) {
        return new ThingCheck(id.toString(), System.nanoTime());
    }

    @GET
    @Path("{id}")
    public ThingAnswer get(@RestPath UUID id) {
        return new ThingAnswer(id, "Ani", Instant.EPOCH, new Mood("well"), VERSION);
    }

    @PUT
    @Path("{id}")
    public Thing put(@RestPath UUID id, @NotNull @Valid Thing body) {
        tags.check(VERSION);
        return body;
    }

    @PATCH
    @Path("{id}")
    public Thing patch(@RestPath UUID id, @NotNull MergePatch<Thing> patch) {
        tags.check(VERSION);
        return patch.applyTo(stored());
    }

    private static Thing stored() {
        return new Thing(
                "Ani",
                "a\nb",
                LocalDate.of(2027, 1, 1),
                LocalTime.of(10, 0),
                null,
                null,
                Duration.ofDays(7),
                ZoneId.of("Asia/Kuala_Lumpur"),
                TargetStatus.ALL,
                true,
                10,
                null,
                new BigDecimal("1.5"),
                null,
                new PhoneNumber("60123456789"),
                List.of("Hi"),
                List.of(new Step(1, "x")),
                Set.of());
    }
}

package io.siaran.campaign.lead;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.rest.Versioned;
import io.siaran.rest.Warning;
import io.siaran.rest.WarningCode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A lead as it is answered.
 *
 * @param body as it is sent, in the one spelling that is stored
 */
@Schema(name = "Lead")
record LeadView(
        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the lead",
                example = "01936f2e-0000-7000-8000-0000000000a1")
        LeadId id,

        @JsonUnwrapped LeadBody body,

        @Schema(description = "whether the person must not be written to, by any device of the user", example = "false")
        boolean optedOut,

        @Schema(description = "what should be known of it, though it was saved")
        List<Warning> warnings,

        @Schema(description = "when it was added", example = "2027-11-20T08:15:30.123456Z")
        Instant createdAt,

        @Schema(description = "when it was changed last", example = "2027-11-20T08:15:30.123456Z")
        Instant updatedAt,

        @Schema(hidden = true) long version)
        implements Versioned {

    static LeadView of(Lead lead) {
        return of(lead.id(), lead.body(), lead.optedOut(), lead.createdAt(), lead.updatedAt(), lead.version());
    }

    /** With what its change has led to. */
    static LeadView of(SavedLead saved) {
        LeadView view = of(saved.lead());
        return saved.takenBack().isEmpty()
                ? view
                : view.with(new Warning(
                        WarningCode.MESSAGE_TAKEN_BACK,
                        "phone",
                        "messages of campaigns under way to this lead that are not sent any more: "
                                + saved.takenBack().size()
                                + "; the phone that it has, or had meanwhile, is reached through another lead there"));
    }

    static LeadView of(LeadId id, LeadBody body, boolean optedOut, Instant createdAt, Instant updatedAt, long version) {
        return new LeadView(id, body, optedOut, warnings(body), createdAt, updatedAt, version);
    }

    private LeadView with(Warning more) {
        List<Warning> all = Stream.concat(warnings.stream(), Stream.of(more)).toList();
        return new LeadView(id, body, optedOut, all, createdAt, updatedAt, version);
    }

    private static List<Warning> warnings(LeadBody body) {
        return new PhoneNumber(body.phone()).isMobile()
                ? List.of()
                : List.of(new Warning(
                        WarningCode.NOT_MOBILE,
                        "phone",
                        "this is a landline or service number, which rarely has WhatsApp"));
    }
}

package io.siaran.dispatch.fleet;

import io.siaran.model.Limits;
import io.siaran.model.UserId;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whose queue to stop, or to let go on; nothing given, the caller's own. */
public record StopRequest(
        @Schema(
                description = "user unless given; fleet is for administrators",
                defaultValue = "user",
                nullable = true,
                example = "user")
        StopScope scope,

        @Schema(
                description = "the caller unless given; another's is for administrators",
                nullable = true,
                example = "kedai-ani")
        UserId userId,

        @Schema(
                description = "in words for people; of no meaning to a resume",
                nullable = true,
                example = "wrong price in the sale")
        @Size(max = Limits.REASON)
        String reason) {

    static final StopRequest OWN = new StopRequest(null, null, null);

    public StopRequest {
        scope = scope == null ? StopScope.USER : scope;
    }
}

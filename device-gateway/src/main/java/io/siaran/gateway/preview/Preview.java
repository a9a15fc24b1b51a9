package io.siaran.gateway.preview;

import io.siaran.model.Text;
import io.siaran.rest.Warning;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What would be sent. */
@Schema(description = "What would be sent.")
record Preview(
        @Schema(required = true, description = "Copies for different messages, each as one would go out.")
        List<Variant> variants,

        @Schema(
                required = true,
                description =
                        "How many different texts the choices can make for one reader, at most, before greeting and"
                                + " variation; 1000000000000000 is that many or more.",
                example = "2")
        long distinctTexts,

        @Schema(
                required = true,
                description =
                        "Of the longest text with the longest values, without greeting, in characters (Unicode code"
                                + " points).",
                example = "31")
        int longest,

        @Schema(required = true, description = "What is legal and yet doubtful: too_long_for_platform, template.")
        List<Warning> warnings) {

    /** One copy. */
    @Schema(name = "PreviewVariant", description = "One copy.")
    record Variant(
            @Schema(
                    required = true,
                    description = "As a phone would show it.",
                    example = "Selamat pagi Ani,\n\n50% off")
            String text,

            @Schema(required = true, description = "In characters (Unicode code points).", example = "26")
            int length) {

        static Variant of(String text) {
            return new Variant(text, Text.length(text));
        }
    }
}

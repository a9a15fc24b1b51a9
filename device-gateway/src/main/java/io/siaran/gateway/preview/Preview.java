package io.siaran.gateway.preview;

import io.siaran.model.Text;
import io.siaran.rest.Violation;
import java.util.List;

/**
 * What would be sent.
 *
 * @param variants copies for different messages, each as one would go out
 * @param distinctTexts how many different texts its choices can make for one reader, at most, before greeting and variation;
 *     {@code 1000000000000000} is that many or more
 * @param longest of the longest text with the longest values, without greeting, in characters (Unicode code points)
 */
record Preview(List<Variant> variants, long distinctTexts, int longest, List<Violation> warnings) {

    /** @param length in characters (Unicode code points) */
    record Variant(String text, int length) {

        static Variant of(String text) {
            return new Variant(text, Text.length(text));
        }
    }
}

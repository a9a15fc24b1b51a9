package io.siaran.gateway.preview;

import static io.siaran.gateway.Cast.MAJU;
import static io.siaran.gateway.Cast.SINAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.localstack.TestServers;
import io.siaran.model.UserId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PreviewTest {

    private static final String TEXT = "{Promosi|Jualan} untuk {{first_name}} hari ini, jangan lepaskan peluang"
            + " keemasan ini kerana semua barangan kami kini ditawarkan pada harga istimewa";

    @Test
    void an_attribute_is_filled_in_or_its_fallback() {
        String text = "Pelan {{attributes.plan|percuma}} anda";

        preview(SINAR, Map.of("message", text, "anti_spam", "off", "attributes", Map.of("plan", "emas")))
                .statusCode(200)
                .body("variants.text", everyItem(equalTo("Pelan emas anda")));
        preview(SINAR, Map.of("message", text, "anti_spam", "off"))
                .statusCode(200)
                .body("variants.text", everyItem(equalTo("Pelan percuma anda")));
        preview(SINAR, Map.of("message", text, "attributes", Map.of("Plan!", "x")))
                .statusCode(400)
                .body("violations.field", contains("attributes.Plan!"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u3164", "\u200b", "\u2800", "null", "N/A", "undefined", "none", "0123456789"})
    void a_name_that_shows_or_says_nothing_is_no_name(String name) {
        preview(SINAR, Map.of("message", "Hi {{name}}", "anti_spam", "off", "recipient_name", name))
                .statusCode(200)
                .body("variants.text", everyItem(equalTo("Hi Cik")));
    }

    @Test
    void lengths_count_characters_and_not_their_units() {
        preview(SINAR, Map.of("message", "\ud83d\ude00".repeat(1_024), "anti_spam", "off"))
                .statusCode(200)
                .body("variants.length", everyItem(equalTo(1_024)))
                .body("longest", equalTo(1_024))
                .body("warnings", hasSize(0));
    }

    @Test
    void copies_are_shown_as_they_would_be_sent() {
        // When
        ValidatableResponse answer = preview(
                SINAR,
                Map.of(
                        "message",
                        TEXT,
                        "recipient_name",
                        "Ani binti Ali",
                        "variants",
                        20,
                        "at",
                        "2026-11-27T01:30:00Z"));

        // Then
        answer.statusCode(200)
                .body("variants", hasSize(20))
                .body("distinct_texts", equalTo(2))
                .body("warnings", hasSize(0));
        List<String> texts = answer.extract().path("variants.text");
        assertThat(texts)
                .doesNotHaveDuplicates()
                .allSatisfy(text -> assertThat(text)
                        .containsPattern("(?s)^[^\n]*Ani binti Ali[^\n]*\n\n.*Ani ")
                        .doesNotContain("{"));
        assertThat(answer.extract().<Integer>path("variants[0].length"))
                .isEqualTo(texts.getFirst().length());
    }

    @Test
    void what_was_asked_for_goes_before_what_the_device_says() {
        // Given
        Registered merah = Cast.device(SINAR, "merah");

        // Then
        preview(
                        SINAR,
                        Map.of(
                                "message",
                                "Hi {{name}} {{phone}} {{niche}}",
                                "device_id",
                                merah.id().toString(),
                                "anti_spam",
                                "off",
                                "phone",
                                "012-345 6789",
                                "niche",
                                "ecommerce"))
                .statusCode(200)
                .body("variants.text", everyItem(equalTo("Hi Cik 60123456789 ecommerce")))
                .body("variants", hasSize(3));
        preview(SINAR, Map.of("message", "apa", "device_id", merah.id().toString(), "anti_spam", "greeting"))
                .body("variants.text", everyItem(containsString("\n\napa")));
    }

    @Test
    void a_device_greets_in_its_own_words_which_are_written_as_a_message_is() {
        // Given
        Registered merah = Cast.device(SINAR, "merah");
        String id = merah.id().toString();
        greetings(merah, "Yo {{first_name|kawan}}!").statusCode(200);

        // Then
        preview(SINAR, Map.of("message", "apa", "device_id", id, "anti_spam", "greeting", "recipient_name", "Ani Ali"))
                .statusCode(200)
                .body("variants.text", everyItem(equalTo("Yo Ani!\n\napa")));
        greetings(merah, "Yo {{nama}}!").statusCode(400).body("violations.field", contains("greetings[0]"));
    }

    @Test
    void somebody_elses_device_is_not_found() {
        Registered biru = Cast.device(MAJU, "biru");
        preview(SINAR, Map.of("message", "apa", "device_id", biru.id().toString()))
                .statusCode(404);
    }

    @Test
    void a_text_that_cannot_be_read_is_refused_with_its_place() {
        preview(SINAR, Map.of("message", "Hi\n{{nama}}"))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains("message"))
                .body("violations.message", contains(startsWith("line 2, column 1: ")));
    }

    @ParameterizedTest
    @CsvSource({
        "variants, 21",
        "variants, 0",
        "phone, 12",
        "at, soon",
        "at, +1000000000-06-01T00:00:00Z",
        "at, -1000000000-06-01T00:00:00Z",
        "anti_spam, some",
        "nische, x"
    })
    void what_is_wrong_is_named(String field, String value) {
        preview(SINAR, Map.of("message", "apa", field, value))
                .statusCode(400)
                .body("violations.field", contains(field));
    }

    @Test
    void texts_that_may_be_too_long_are_warned_of() {
        preview(SINAR, Map.of("message", "x".repeat(1_025)))
                .statusCode(200)
                .body("longest", equalTo(1_025))
                .body(
                        "warnings.message",
                        contains(containsString("platform takes at most"), containsString("no room for a greeting")));
        preview(SINAR, Map.of("message", "x".repeat(1_024), "anti_spam", "off")).body("warnings", hasSize(0));
    }

    private static ValidatableResponse greetings(Registered device, String words) {
        return Cast.as(device.user(), "operator")
                .body(Map.of("greetings", List.of(words)))
                .patch("/api/v1/devices/" + device.id())
                .then();
    }

    private static ValidatableResponse preview(UserId user, Map<String, Object> body) {
        return Cast.as(user, "viewer")
                .body(body)
                .post("/api/v1/antispam/preview")
                .then();
    }
}

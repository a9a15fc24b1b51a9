package io.siaran.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siaran.gateway.Cast;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupTest {

    private static final Instant BEGAN = Instant.parse("2026-11-28T02:00:00.7Z");
    private static final Lookup.Sought SOUGHT = new Lookup.Sought(Cast.message(), Cast.ANI, "Helo", BEGAN);

    @Test
    void only_our_own_same_text_of_after_the_beginning_is_a_find() throws Exception {
        // Given
        JsonNode chat = new ObjectMapper().readTree("""
                [{"id":"later","me":true,"text":"Helo","at":1795831300},
                 {"id":"same-second","me":true,"text":"Helo","at":1795831200},
                 {"id":"before","me":true,"text":"Helo","at":1795831199},
                 {"id":"theirs","me":false,"text":"Helo","at":1795831210},
                 {"id":"other","me":true,"text":"Helo!","at":1795831210},
                 {"id":"","me":true,"text":"Helo","at":1795831210},
                 {"id":"timeless","me":true,"text":"Helo"}]""");

        // When
        Lookup.Finding found = Lookup.match(chat, SOUGHT, LookupTest::entry);

        // Then
        assertThat(Instant.ofEpochSecond(1_795_831_200L)).isEqualTo(Instant.parse("2026-11-28T02:00:00Z"));
        assertThat(found).isEqualTo(new Lookup.Finding.Sent(List.of("same-second", "later")));
    }

    @Test
    void an_empty_chat_proves_nothing() throws Exception {
        assertThat(Lookup.match(new ObjectMapper().readTree("[]"), SOUGHT, LookupTest::entry))
                .isEqualTo(new Lookup.Finding.NotFound());
    }

    private static Lookup.Entry entry(JsonNode node) {
        return new Lookup.Entry(
                node.path("id").asText(),
                node.path("me").asBoolean(),
                node.path("text").asText(),
                CallbackJson.time(node.path("at")));
    }
}

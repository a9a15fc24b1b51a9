package io.siaran.localstack.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergedApiTest {

    private static final String CAMPAIGN = """
            {"openapi": "3.0.3", "info": {"title": "Campaigns", "version": "1"}, "tags": [{"name": "campaigns"}],
             "paths": {"/api/v1/campaigns": {"get": {"operationId": "list", "responses": {"200": {"$ref": "#/components/schemas/Page"}}}}},
             "components": {
               "schemas": {
                 "Problem": {"type": "object"},
                 "Page": {"properties": {"items": {"items": {"$ref": "#/components/schemas/Item"}}}},
                 "Item": {"properties": {"title": {"type": "string"}}},
                 "Kind": {"oneOf": [], "discriminator": {"mapping": {"a": "#/components/schemas/Item"}}}},
               "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}}}
            """;

    private static final String DISPATCH = """
            {"openapi": "3.0.3", "info": {"title": "Messages", "version": "1"}, "tags": [{"name": "messages"}],
             "paths": {"/api/v1/messages": {"get": {"operationId": "list", "responses": {"200": {"$ref": "#/components/schemas/Page"}}}}},
             "components": {
               "schemas": {
                 "Problem": {"type": "object"},
                 "Page": {"properties": {"items": {"items": {"$ref": "#/components/schemas/Item"}}}},
                 "Item": {"properties": {"phone": {"type": "string"}}}},
               "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}}}
            """;

    @Test
    void what_two_services_define_alike_stands_once_and_what_they_define_differently_gets_their_names()
            throws Exception {
        // When
        JsonNode merged = MergedApi.of(documents(CAMPAIGN, DISPATCH));

        // Then
        assertThat(names(merged.at("/components/schemas")))
                .containsExactly("CampaignItem", "CampaignPage", "DispatchItem", "DispatchPage", "Kind", "Problem");
        assertThat(merged.at("/paths/~1api~1v1~1messages/get/responses/200/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/DispatchPage");
        assertThat(merged.at("/components/schemas/DispatchPage/properties/items/items/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/DispatchItem");
        assertThat(merged.at("/components/schemas/Kind/discriminator/mapping/a").asText())
                .isEqualTo("#/components/schemas/CampaignItem");
        assertThat(names(merged.at("/components/securitySchemes"))).containsExactly("bearer");
    }

    @Test
    void an_id_of_an_operation_stands_once() throws Exception {
        // When
        JsonNode merged = MergedApi.of(documents(CAMPAIGN, DISPATCH));

        // Then
        assertThat(merged.findValuesAsText("operationId")).containsExactly("campaignList", "dispatchList");
    }

    @Test
    void two_services_that_answer_for_one_path_are_a_mistake() {
        assertThatThrownBy(() -> MergedApi.of(documents(CAMPAIGN, CAMPAIGN))).hasMessageContaining("/api/v1/campaigns");
    }

    private static Map<String, JsonNode> documents(String campaign, String dispatch) throws Exception {
        ObjectMapper json = new ObjectMapper();
        Map<String, JsonNode> documents = new LinkedHashMap<>();
        documents.put("campaign", json.readTree(campaign));
        documents.put("dispatch", json.readTree(dispatch));
        return documents;
    }

    private static Iterable<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}

package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person gets who asks what is kept of them: of all four services, in one file. */
@ExtendWith(PackagedStack.class)
class PersonIT {

    private static final String EXPORTS = "/leads/person-exports";
    private static final String ERASURES = "/leads/person-erasures";

    private final PackagedStack.Running siaran;

    PersonIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @Test
    void what_all_services_keep_of_a_person_comes_in_one_file() {
        // Given
        Shop farah = siaran.shop("kedai-farah");
        UUID merah = farah.device("merah");
        farah.leads(2, "merah", merah, "ecommerce", "");
        List<String> phones = farah.deviceOfPhone().keySet().stream().sorted().toList();
        String body = "{\"device_id\":\"%s\",\"phone\":\"%s\",\"message\":\"Your parcel is here\"}";
        phones.forEach(phone -> farah.crm().post("/messages", body.formatted(merah, phone)));

        // When
        String id = farah.crm()
                .post(EXPORTS, "{\"phone\":\"" + phones.getFirst() + "\"}")
                .get("id")
                .asText();
        await().atMost(Duration.ofMinutes(1)).until(() -> "done".equals(status(farah, EXPORTS, id)));

        // Then
        List<String> facts = get(farah, EXPORTS + "/" + id + "/file").lines().toList();
        assertThat(facts)
                .anyMatch(fact -> fact.startsWith("{\"service\":\"campaign-service\"") && fact.contains("\"lead\""))
                .anyMatch(fact ->
                        fact.startsWith("{\"service\":\"sequence-service\"") && fact.contains("\"projected_lead\""))
                .anyMatch(fact ->
                        fact.startsWith("{\"service\":\"dispatch-service\"") && fact.contains("Your parcel is here"))
                .noneMatch(fact -> fact.contains(phones.getLast()));
    }

    @Test
    void who_is_erased_is_known_to_no_service_and_still_opted_out_when_imported_again() {
        // Given
        Shop gina = siaran.shop("kedai-gina");
        UUID merah = gina.device("merah");
        gina.leads(1, "merah", merah, "ecommerce", "");
        String phone = gina.deviceOfPhone().keySet().iterator().next();
        String message =
                "{\"device_id\":\"%s\",\"phone\":\"%s\",\"message\":\"Your parcel is here\"}".formatted(merah, phone);
        gina.crm().post("/messages", message);

        // When
        String id = gina.crm()
                .post(ERASURES, "{\"phone\":\"" + phone + "\"}")
                .get("id")
                .asText();
        await().atMost(Duration.ofMinutes(2)).until(() -> "done".equals(status(gina, ERASURES, id)));

        // Then
        String export = gina.crm()
                .post(EXPORTS, "{\"phone\":\"" + phone + "\"}")
                .get("id")
                .asText();
        await().atMost(Duration.ofMinutes(1)).until(() -> "done".equals(status(gina, EXPORTS, export)));
        assertThat(get(gina, EXPORTS + "/" + export + "/file")).isEmpty();
        String lead = gina.crm()
                .post("/leads", "{\"device_id\":\"%s\",\"phone\":\"%s\",\"name\":\"Again\"}".formatted(merah, phone))
                .get("id")
                .asText();
        assertThat(Crm.tree(get(gina, "/leads/" + lead)).get("opted_out").asBoolean())
                .isTrue();
    }

    private static String status(Shop shop, String path, String id) {
        return Crm.tree(get(shop, path + "/" + id)).get("status").asText();
    }

    private static String get(Shop shop, String path) {
        return shop.crm().exchange("GET", path, "").body();
    }
}

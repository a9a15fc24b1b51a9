package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.client.model.LeadBody;
import io.siaran.client.model.PersonErasure;
import io.siaran.client.model.PersonExport;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person gets who asks what is kept of them: of all four services, in one file. */
@ExtendWith(PackagedStack.class)
class PersonIT {

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
        phones.forEach(phone -> farah.message(merah, phone, "Your parcel is here"));

        // When
        UUID export = exported(farah, phones.getFirst());

        // Then
        List<String> facts = file(farah, export).lines().toList();
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
        gina.message(merah, phone, "Your parcel is here");

        // When
        UUID erasure = gina.crm().desk().erase(phone).getId();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> gina.crm().desk().erasure(erasure).getStatus() == PersonErasure.StatusEnum.DONE);

        // Then
        UUID export = exported(gina, phone);
        assertThat(file(gina, export)).isEmpty();
        UUID lead = gina.crm()
                .create(new LeadBody().deviceId(merah).phone(phone).name("Again"))
                .getId();
        assertThat(gina.crm().lead(lead).getOptedOut()).isTrue();
    }

    /** Once every service has answered. */
    private static UUID exported(Shop shop, String phone) {
        UUID export = shop.crm().desk().export(phone).getId();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> shop.crm().desk().export(export).getStatus() == PersonExport.StatusEnum.DONE);
        return export;
    }

    /** A fact a line: the generated client would take the first for the whole. */
    private static String file(Shop shop, UUID export) {
        return shop.crm()
                .exchange("GET", "/leads/person-exports/" + export + "/file", "")
                .body();
    }
}

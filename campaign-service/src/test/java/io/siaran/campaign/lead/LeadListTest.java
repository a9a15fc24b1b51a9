package io.siaran.campaign.lead;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static io.siaran.campaign.Cast.CITRA;
import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.lead;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ani and Budi on Merah, Citra on Biru; Ani a customer with trigger cold. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LeadListTest {

    @Inject
    Cast cast;

    private final String user = Cast.newUser();
    private DeviceId merah;
    private DeviceId biru;
    private LeadId ani;
    private LeadId budi;
    private LeadId citra;

    @BeforeEach
    void enter() {
        merah = cast.device(user);
        biru = cast.device(user);
        ani = lead(
                user,
                Map.of(
                        "device_id",
                        merah,
                        "phone",
                        ANI,
                        "name",
                        "Ani",
                        "target_status",
                        "customer",
                        "trigger",
                        "Cold"));
        budi = lead(user, Map.of("device_id", merah, "phone", BUDI, "name", "Budi 50%"));
        citra = lead(user, Map.of("device_id", biru, "phone", CITRA, "name", "Citra"));
        String stranger = Cast.newUser();
        lead(stranger, Map.of("device_id", cast.device(stranger), "phone", ANI, "name", "Ani", "trigger", "cold"));
    }

    @Test
    void the_leads_of_a_device_are_counted_for_their_user_only() {
        // Given
        String other = Cast.newUser();
        DeviceId hijau = cast.device(other);
        lead(other, hijau, ANI);
        lead(other, Map.of("device_id", hijau, "phone", BUDI, "niche", "food"));
        lead(other, cast.device(other), CITRA);
        String path = "/api/v1/leads/count?device_id=" + hijau;

        // Then
        as(other, "viewer").get(path).then().statusCode(200).body("leads", equalTo(2));
        as(other, "viewer").get(path + "&niche=Food").then().body("leads", equalTo(1));
        as(user, "viewer").get(path).then().body("leads", equalTo(0));
        as(other, "viewer").get("/api/v1/leads/count").then().statusCode(400);
    }

    @Test
    void filters_may_repeat_and_all_must_match() {
        found("device_id", new Object[] {merah}, budi, ani);
        found("device_id", new Object[] {merah, biru}, citra, budi, ani);
        found("target_status", new Object[] {"customer"}, ani);
        found("target_status", new Object[] {"customer", "prospect"}, citra, budi, ani);
        found("target_status", new Object[] {"all"}, citra, budi, ani);
        found("trigger", new Object[] {"COLD\u200B"}, ani);
        found("updated_since", new Object[] {"2020-01-01T08:00:00+08:00"}, citra, budi, ani);
        found("updated_since", new Object[] {"2090-01-01T00:00:00Z"});
        found("sort", new Object[] {"created_at"}, ani, budi, citra);
    }

    @Test
    void a_phone_is_found_in_any_spelling_and_by_a_part() {
        found("phone", new Object[] {"+60 12-345 6701"}, ani);
        found("q", new Object[] {"012-345 6701"}, ani);
        found("q", new Object[] {"+60 12"}, citra, budi, ani);
        found("q", new Object[] {"6702"}, budi);
        found("q", new Object[] {"50%"}, budi);
        found("q", new Object[] {"citra"}, citra);
        found("q", new Object[] {"_"});
    }

    @Test
    void a_filter_that_means_nothing_is_named() {
        refused("device_id=merah", "device_id");
        refused("target_status=friend", "target_status");
        refused("updated_since=yesterday", "updated_since");
        refused("phone=12", "phone");
        refused("nicke=fit", "nicke");
    }

    private void found(String filter, Object[] values, LeadId... leads) {
        String[] ids = Arrays.stream(leads).map(LeadId::toString).toArray(String[]::new);
        as(user, "viewer")
                .queryParam(filter, Arrays.stream(values).map(Object::toString).toArray())
                .get("/api/v1/leads")
                .then()
                .statusCode(200)
                .body("items.id", ids.length == 0 ? empty() : contains(ids));
    }

    private void refused(String query, String field) {
        as(user, "viewer")
                .get("/api/v1/leads?" + query)
                .then()
                .statusCode(400)
                .body("violations.field", contains(field));
    }
}

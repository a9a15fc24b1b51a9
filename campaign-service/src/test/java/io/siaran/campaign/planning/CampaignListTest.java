package io.siaran.campaign.planning;

import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.operator;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sale on 1 March, scheduled; Café on 2 March, paused; Raya on 3 March, cancelled. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CampaignListTest {

    private final String user = Cast.newUser();
    private CampaignId sale;
    private CampaignId cafe;
    private CampaignId raya;

    @BeforeEach
    void plan() {
        sale = campaign(user, Map.of("title", "Sale 50%", "campaign_date", "2031-03-01"));
        cafe = campaign(user, Map.of("title", "Opening", "campaign_date", "2031-03-02", "niche", "Caf\u00E9"));
        raya = campaign(user, Map.of("title", "Raya", "campaign_date", "2031-03-03"));
        operator(user).post("/api/v1/campaigns/" + cafe + "/pause").then().statusCode(200);
        operator(user).post("/api/v1/campaigns/" + raya + "/cancel").then().statusCode(200);
        campaign(Cast.newUser(), Map.of("title", "Sale 50%"));
    }

    @Test
    void campaigns_are_filtered_by_status_niche_days_and_title() {
        found("status=scheduled", sale);
        found("status=scheduled&status=paused", cafe, sale);
        found("niche=CAFE\u0301", cafe);
        found("from=2031-03-02", raya, cafe);
        found("to=2031-03-02", cafe, sale);
        found("from=2031-03-02&to=2031-03-02", cafe);
        found("q=sale", sale);
        found("q=50%", sale);
        found("q=5_%", new CampaignId[0]);
        found("updated_since=2020-01-01T00:00:00Z", raya, cafe, sale);
        found("sort=-created_at", raya, cafe, sale);
        found("sort=created_at", sale, cafe, raya);
        found("updated_since=2090-01-01T00:00:00Z", new CampaignId[0]);
    }

    @Test
    void a_filter_that_means_nothing_is_named() {
        refused("status=waiting", "status");
        refused("from=yesterday", "from");
        refused("updated_since=2020", "updated_since");
        refused("state=paused", "state");
        refused("cursor=x", "cursor");
        refused("sort=title", "sort");
    }

    private void found(String query, CampaignId... campaigns) {
        String[] ids = Arrays.stream(campaigns).map(CampaignId::toString).toArray(String[]::new);
        var request = as(user, "viewer");
        for (String filter : query.split("&")) {
            request = request.queryParam(filter.split("=")[0], filter.split("=")[1]);
        }
        request.get("/api/v1/campaigns")
                .then()
                .statusCode(200)
                .body("items.id", ids.length == 0 ? empty() : contains(ids));
    }

    private void refused(String query, String field) {
        as(user, "viewer")
                .get("/api/v1/campaigns?" + query)
                .then()
                .statusCode(400)
                .body("violations.field", contains(field));
    }
}

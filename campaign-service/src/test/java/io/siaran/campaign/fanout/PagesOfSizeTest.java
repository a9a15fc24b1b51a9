package io.siaran.campaign.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.PlannedCampaigns;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An audience is read in pages of the size that their leads allow, to its end. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PagesOfSizeTest {

    private static final int MOST = 4_000;

    /** As many characters as twenty attributes of the greatest length. */
    private static final String LONG = "5120";

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    FanOutScene scene;

    @Inject
    Streaming streaming;

    @Inject
    PlannedCampaigns campaigns;

    private final String user = Cast.newUser();

    @Test
    void pages_grow_where_leads_have_no_attributes_and_the_last_one_is_the_one_that_is_not_full() {
        // Given
        CampaignId campaign = planned();
        leads(1_600, "0");

        // When
        List<ReadPage> pages = pages(campaign);

        // Then
        assertThat(pages).extracting(page -> page.rows().size()).containsExactly(500, 1_000, 100);
        assertThat(pages).extracting(ReadPage::isLast).containsExactly(false, false, true);
    }

    @Test
    void pages_are_small_where_leads_have_long_attributes() {
        // Given
        CampaignId campaign = planned();
        leads(1_200, LONG);

        // When
        List<ReadPage> pages = pages(campaign);

        // Then
        assertThat(pages).extracting(page -> page.rows().size()).startsWith(500).hasSize(3);
        assertThat(pages.get(1).rows()).hasSizeBetween(380, 400);
        assertThat(pages).extracting(ReadPage::isLast).containsExactly(false, false, true);
    }

    private CampaignId planned() {
        return scene.published(user, Map.of());
    }

    private void leads(int many, String characters) {
        DeviceId merah = cast.device(user);
        database.run(
                "INSERT INTO leads (id, user_id, device_id, phone, name, niche, niche_tags, target_status, trigger,"
                        + " attributes, version, created_at, updated_at)"
                        + " SELECT gen_random_uuid(), $1, $2, (60130000000 + n)::text, '', 'ecommerce', '{ecommerce}',"
                        + " 'prospect', '', CASE $4 WHEN '0' THEN '{}' ELSE jsonb_build_object('a', repeat('x', $4::integer)) END,"
                        + " 1, now(), now()"
                        + " FROM generate_series(1, $3::integer) AS n",
                user,
                merah.value(),
                many,
                characters);
    }

    private List<ReadPage> pages(CampaignId id) {
        Campaign campaign = campaigns.read(id);
        Leased leased = scene.leased(id);
        PageSize size = new PageSize(MOST);
        List<ReadPage> pages = new ArrayList<>();
        LeadId cursor = null;
        do {
            pages.add(streaming.read(leased, campaign, cursor, size).orElseThrow());
            cursor = pages.getLast().last();
        } while (!pages.getLast().isLast() && pages.size() < 10);
        return pages;
    }
}

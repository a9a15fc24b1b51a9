package io.siaran.campaign.fanout;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.*;
import io.quarkus.test.junit.*;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.*;
import io.siaran.outbox.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.*;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
@TestProfile(SpeedTmpTest.P.class)
class SpeedTmpTest {
    public static class P implements QuarkusTestProfile {
        public Map<String, String> getConfigOverrides() {
            return Map.of("siaran.fanout.page-size", "1000");
        }
    }

    @Inject
    Cast cast;

    @Inject
    Database db;

    @Test
    void speed() {
        String user = Cast.newUser();
        List<DeviceId> ds = new ArrayList<>();
        for (int i = 0; i < 300; i++) ds.add(cast.device(user));
        UUID[] arr = ds.stream().map(DeviceId::value).toArray(UUID[]::new);
        // 10% match, 300k leads, 5% duplicates of phone
        db.run(
                "INSERT INTO leads SELECT gen_random_uuid(), $1, ($2::uuid[])[1 + n % 300], (60100000000 + n % 285000)::text, 'Ani', 'x', CASE WHEN n % 3 = 0 THEN ARRAY['ecommerce'] ELSE ARRAY['fit'] END, 'customer', '', 1, false, now() FROM generate_series(1, 300000) n ON CONFLICT DO NOTHING",
                user, arr);
        db.run("ANALYZE leads");
        db.run("ANALYZE devices");
    String sql = io.siaran.outbox.Sql.load(io.siaran.campaign.planning.Audience.class, "audience-page.sql");
    UUID mid = db.run("SELECT id FROM leads WHERE user_id=$1 ORDER BY id OFFSET 100000 LIMIT 1", user).iterator().next().getUUID(0);
    for (int i=0;i<12;i++) { long t=System.nanoTime(); db.run(sql, user, "ecommerce", "customer", true, false, mid, 1000); System.out.println("PAGE ms " + (System.nanoTime()-t)/1000000); }
    
    for (int k=0;k<4;k++) {
      CampaignId c = Cast.campaign(user, Map.of("target_status","customer"));
      long t = System.nanoTime(); Cast.trigger(user, c);
      await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(50)).until(() -> cast.fanOutHasEnded(c));
      double s = (System.nanoTime()-t)/1e9;
      long n = db.run("SELECT published FROM fanouts WHERE campaign_id=$1", c.value()).iterator().next().getLong(0);
      System.out.println("SPEED published=" + n + " s=" + s + " rate=" + (long)(n/s));
    } } }

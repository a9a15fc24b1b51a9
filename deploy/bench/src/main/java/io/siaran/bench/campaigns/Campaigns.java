package io.siaran.bench.campaigns;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Campaigns as the CRM asks for them. */
final class Campaigns {

    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    private Campaigns() {}

    static String body(String niche, String duplicates) {
        return """
                {"title": "Bench", "message": "Hi {{name}}, 50%% off everything today only!", "niche": "%s",
                 "campaign_date": "2031-01-31", "time_schedule": "10:00", "duplicate_phones": "%s",
                 "min_delay_seconds": 10, "max_delay_seconds": 30}
                """.formatted(niche, duplicates);
    }

    static String create(Site site, String niche, String duplicates) throws IOException, InterruptedException {
        Matcher id = ID.matcher(
                site.post("/api/v1/campaigns", "application/json", BodyPublishers.ofString(body(niche, duplicates))));
        if (!id.find()) {
            throw new IllegalStateException("a campaign was made and has no id");
        }
        return id.group(1);
    }
}

package io.siaran.campaign;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.TopicLog;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.BroadcastRecord;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceSnapshot;
import io.siaran.model.DeviceStatus;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.model.Withdraw;
import io.siaran.sql.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who appears in the tests: users of their own for each test, their devices, leads and campaigns. */
@Singleton
public class Cast {

    public static final String ANI = "60123456701";
    public static final String BUDI = "60123456702";
    public static final String CITRA = "60123456703";

    private final Database database;

    Cast(Database database) {
        this.database = database;
    }

    public static String newUser() {
        return "user-" + UUID.randomUUID();
    }

    public static RequestSpecification operator(String user) {
        return as(user, "operator");
    }

    public static RequestSpecification as(String user, String role) {
        return given().auth().oauth2(TestServers.token(user, role)).contentType("application/json");
    }

    /** A device that the projection knows, online. */
    public DeviceId device(String user) {
        return device(user, DeviceStatus.ONLINE);
    }

    public DeviceId device(String user, DeviceStatus status) {
        return device(user, status, "");
    }

    public DeviceId device(String user, DeviceStatus status, String platform) {
        DeviceId device = new DeviceId(UUID.randomUUID());
        database.run(
                "INSERT INTO devices (id, user_id, name, status, platform, version, deleted)"
                        + " VALUES ($1, $2, 'Merah', $3, $4, 1, false)",
                device.value(),
                user,
                status.wire(),
                platform);
        return device;
    }

    /** What the gateway tells of a device that is online. */
    public static DeviceSnapshot snapshot(String user, DeviceId device) {
        return new DeviceSnapshot(
                device,
                new UserId(user),
                "Biru",
                null,
                "wablas",
                DeviceStatus.ONLINE,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                1,
                false,
                null,
                null,
                null,
                null);
    }

    public static LeadId lead(String user, DeviceId device, String phone) {
        return lead(user, Map.of("device_id", device, "phone", phone, "name", "Ani", "niche", "ecommerce"));
    }

    public static LeadId lead(String user, Map<String, Object> body) {
        return LeadId.of(operator(user)
                .body(Json.write(body))
                .post("/api/v1/leads")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    /** @return the answer */
    public static ValidatableResponse patch(String user, LeadId lead, Map<String, Object> changes) {
        return operator(user)
                .body(Json.write(changes))
                .patch("/api/v1/leads/" + lead)
                .then()
                .statusCode(200);
    }

    public static String phone(int number) {
        return String.valueOf(60_120_000_000L + number);
    }

    /** Scheduled for 2030, niche ecommerce, everybody; the given fields instead or besides. */
    public static CampaignId campaign(String user, Map<String, Object> more) {
        return CampaignId.of(operator(user)
                .body(Json.write(campaignBody(more)))
                .post("/api/v1/campaigns")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    public static Map<String, Object> campaignBody(Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "title", "Black Friday Sale",
                "message", "50% off everything today only!",
                "niche", "ecommerce",
                "campaign_date", "2030-11-29",
                "time_schedule", "10:00"));
        body.putAll(more);
        return body;
    }

    public static void trigger(String user, CampaignId campaign) {
        operator(user)
                .post("/api/v1/campaigns/{id}/trigger", campaign.toString())
                .then()
                .statusCode(200);
    }

    public static String status(String user, CampaignId campaign) {
        return as(user, "viewer")
                .get("/api/v1/campaigns/{id}", campaign.toString())
                .then()
                .statusCode(200)
                .extract()
                .path("status");
    }

    public void suppress(String user, String phone) {
        database.run(
                "INSERT INTO suppressions (user_id, phone, reason, version) VALUES ($1, $2, 'stop', 1)", user, phone);
    }

    public boolean fanOutHasEnded(CampaignId campaign) {
        return database.run("SELECT 1 FROM fanouts WHERE campaign_id = $1 AND ended_at IS NOT NULL", campaign.value())
                        .rowCount()
                == 1;
    }

    /** Of every run, also those of edits. */
    public boolean fanOutsHaveEnded(CampaignId campaign) {
        return database.run("SELECT 1 FROM fanouts WHERE campaign_id = $1 AND ended_at IS NULL", campaign.value())
                        .rowCount()
                == 0;
    }

    /** Everything that stands in the topic for this campaign, repetitions included. */
    public List<BroadcastMessage> published(CampaignId campaign) {
        return TopicLog.of(Topic.BROADCAST_MESSAGES.topicName()).records().stream()
                .map(record -> Json.read(record.value(), BroadcastRecord.class))
                .filter(BroadcastMessage.class::isInstance)
                .map(BroadcastMessage.class::cast)
                .filter(message -> campaign.equals(message.campaignId()))
                .toList();
    }

    /** The messages of this device that must not be sent any more. */
    public List<MessageId> withdrawn(DeviceId device) {
        return published(Topic.BROADCAST_MESSAGES, device, BroadcastRecord.class).stream()
                .filter(Withdraw.class::isInstance)
                .map(BroadcastRecord::id)
                .toList();
    }

    /** Every record of the topic with this key, in its order. */
    public <T> List<T> published(Topic topic, Object key, Class<T> type) {
        return TopicLog.of(topic.topicName()).records(key.toString()).stream()
                .map(record -> Json.read(record.value(), type))
                .toList();
    }
}

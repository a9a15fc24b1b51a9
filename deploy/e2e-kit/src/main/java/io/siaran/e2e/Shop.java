package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.client.model.CampaignTerms;
import io.siaran.client.model.DeviceBody;
import io.siaran.client.model.DeviceStatus;
import io.siaran.client.model.LeadBody;
import io.siaran.client.model.MessageType;
import io.siaran.client.model.PlatformName;
import io.siaran.client.model.SequenceDocument;
import io.siaran.client.model.StepDocument;
import io.siaran.client.model.TargetStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** One user with devices and leads, made through REST. Devices and phones are its own, so that shops never mix. */
final class Shop {

    private static final AtomicInteger SHOPS = new AtomicInteger();
    /** So many leads are on their way at once: each waits for a commit, not for the one before it. */
    private static final int LEADS_AT_ONCE = 8;

    private final Crm crm;
    private final String simulatorUrl;
    private final String name;
    private final int number;
    private final Map<String, String> deviceOfPhone = new HashMap<>();
    private final Set<String> credentials = new HashSet<>();
    private int phones;

    Shop(String name, Crm crm, String simulatorUrl) {
        this.name = name;
        this.crm = crm;
        this.simulatorUrl = simulatorUrl;
        this.number = SHOPS.incrementAndGet();
    }

    Crm crm() {
        return crm;
    }

    /** The devices' names in the ledger. */
    Set<String> credentials() {
        return Set.copyOf(credentials);
    }

    /** Which credential must have written to each phone. */
    Map<String, String> deviceOfPhone() {
        return Map.copyOf(deviceOfPhone);
    }

    /** A device without any pause between messages, returned when it is online. */
    UUID device(String deviceName) {
        return device(deviceName, 0, 0);
    }

    /** As {@link #device(String)}, with pauses of so many seconds. */
    UUID device(String deviceName, int minDelay, int maxDelay) {
        String credential = "sim-" + name + "-" + deviceName;
        UUID id = crm.register(new DeviceBody()
                        .name(deviceName)
                        .phone("601112%02d%04d".formatted(number, credentials.size()))
                        .platform(PlatformName.WABLAS)
                        .baseUrl(simulatorUrl + "/wablas")
                        .credential(credential)
                        .minDelaySeconds(minDelay)
                        .maxDelaySeconds(maxDelay))
                .getId();
        credentials.add(credential);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(crm.device(id).getStatus()).isEqualTo(DeviceStatus.ONLINE));
        return id;
    }

    /** As {@link #device}, and its platform tells us what became of its messages. */
    UUID heard(String deviceName) {
        UUID id = device(deviceName);
        String address = callbackAddress(id);
        new Ledger(simulatorUrl).tell("/control/webhooks", """
                {"platform":"wablas","device":"sim-%s-%s","url":"%s"}""".formatted(name, deviceName, address));
        return id;
    }

    /** Where the platform of this device tells what became of its messages. */
    String callbackAddress(UUID deviceId) {
        return Crm.tree(crm.exchange("GET", "/devices/" + deviceId + "/callback", "")
                        .body())
                .get("callback_url")
                .asText();
    }

    /** So many leads on a device; {@code trigger} may be empty. */
    void leads(int count, String deviceName, UUID deviceId, String niche, String trigger) {
        List<LeadBody> leads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String phone = "60123%02d%04d".formatted(number, phones++);
            leads.add(new LeadBody()
                    .deviceId(deviceId)
                    .name("D'Cruz " + phones)
                    .phone(phone)
                    .niche(niche)
                    .targetStatus(LeadBody.TargetStatusEnum.CUSTOMER)
                    .trigger(trigger));
            deviceOfPhone.put(phone, "sim-" + name + "-" + deviceName);
        }
        try (ExecutorService callers = Executors.newFixedThreadPool(LEADS_AT_ONCE)) {
            // join() throws what any of them threw: a lead that is refused is no lead.
            leads.stream()
                    .map(lead -> CompletableFuture.runAsync(() -> crm.create(lead), callers))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    /** One direct message; gives its id. */
    UUID message(UUID deviceId, String phone, String text) {
        return crm.desk().send(deviceId, phone, text).getId();
    }

    /** A campaign of now, triggered; gives its id. */
    UUID triggeredCampaign(String title, String niche, String message) {
        UUID id = campaign(title, niche, message);
        crm.trigger(id);
        return id;
    }

    /** A sequence for whoever carries that trigger, active: one text after the other, without a pause; gives its id. */
    UUID activeSequence(String sequenceName, String trigger, String... texts) {
        List<StepDocument> steps = new ArrayList<>();
        for (int day = 1; day <= texts.length; day++) {
            steps.add(new StepDocument()
                    .dayNumber(day)
                    .trigger(day == 1 ? trigger : trigger + "_" + day)
                    .nextTrigger(day == texts.length ? null : trigger + "_" + (day + 1))
                    .isEntryPoint(day == 1)
                    .triggerDelayHours(BigDecimal.ZERO)
                    .messageType(MessageType.TEXT)
                    .content(texts[day - 1]));
        }
        UUID id = crm.create(new SequenceDocument()
                        .name(sequenceName)
                        .niche("")
                        .trigger(trigger)
                        .targetStatus(TargetStatus.ALL)
                        .steps(steps))
                .getId();
        crm.activate(id);
        return id;
    }

    /** A campaign of tomorrow; gives its id. */
    UUID campaign(String title, String niche, String message) {
        ZonedDateTime now = ZonedDateTime.now(ZoneId.of("Asia/Kuala_Lumpur"));
        return crm.create(new CampaignTerms()
                        .title(title)
                        .message(message)
                        .niche(niche)
                        .targetStatus(CampaignTerms.TargetStatusEnum.CUSTOMER)
                        .campaignDate(now.plusDays(1).toLocalDate())
                        .timeSchedule("10:00")
                        .timeZone("Asia/Kuala_Lumpur"))
                .getId();
    }
}

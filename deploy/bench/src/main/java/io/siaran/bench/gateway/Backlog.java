package io.siaran.bench.gateway;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.Cause;
import io.siaran.model.Content;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.Pace;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Recipient;
import io.siaran.model.Schedule;
import io.siaran.model.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Campaign-service, as dispatch meets it: a campaign whose messages are all due now. */
final class Backlog implements AutoCloseable {

    private static final ZoneId ZONE = ZoneId.of("Asia/Kuala_Lumpur");

    private final KafkaProducer<String, String> producer;
    private final CampaignId campaign = new CampaignId(UUID.randomUUID());
    private long leads;

    Backlog(String kafka) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", 5, "compression.type", "lz4"),
                new StringSerializer(),
                new StringSerializer());
    }

    /** So many messages for each device, the first of all devices before the second of any. */
    void fill(Collection<DeviceId> devices, int each) {
        Instant planned = Instant.now();
        for (int i = 0; i < each; i++) {
            devices.forEach(device -> publish(device, planned));
        }
        producer.flush();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // flushed; what is lost is not sent, which shows
    private void publish(DeviceId device, Instant planned) {
        LeadId lead = new LeadId(new UUID(0x0190_bbbb_0000_7000L, 0x8000_0000_0000_0000L + ++leads));
        BroadcastMessage message = new BroadcastMessage(
                MessageId.ofCampaign(planned, campaign, 1, lead),
                Fleet.USER,
                device,
                new Cause.Campaign(lead, campaign, 1),
                new Recipient(new PhoneNumber("601%09d".formatted(leads)), "Aina"),
                Content.of(Queue.TEXT, null, "ecommerce", AntiSpamProfile.GREETING),
                Pace.ofSeconds(10, 30),
                new Schedule(ZONE, planned, planned.plus(Duration.ofDays(7))));
        producer.send(
                new ProducerRecord<>(Topic.BROADCAST_MESSAGES.topicName(), device.toString(), Json.write(message)));
    }

    @Override
    public void close() {
        producer.close();
    }
}

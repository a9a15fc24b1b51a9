package io.siaran.bench.sequences;

import io.siaran.bench.queue.Report;
import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.PhoneNumber;
import io.siaran.model.TargetStatus;
import io.siaran.model.Topic;
import io.siaran.model.TriggerAssignment;
import io.siaran.model.UserId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** How long one lead of a user waits to enter, while very many of another user's are entering. */
final class FairTurns {

    private static final double BAR_SECONDS = 20;
    private static final String OTHER = "small-user";
    private static final int LEADS = 5;

    private final Site site;
    private final int crowd;

    FairTurns(Site site, int crowd) {
        this.site = site;
        this.crowd = crowd;
    }

    void measure(Report report) throws Exception {
        Leads.clear(site);
        Leads.devices(site, false);
        Leads.carrying(site, "crowd", crowd);
        String large = site.sequence(Site.USER, "crowd", 3, "24");
        String small = site.sequence(OTHER, "one", 3, "24");
        site.become(OTHER, small, "activate");
        site.become(Site.USER, large, "activate");
        Site.until("the crowd begins to enter", () -> entered(large) > 0);
        double longest = 0;
        for (int lead = 0; lead < LEADS; lead++) {
            longest = Math.max(longest, enter(small, lead));
        }
        long meanwhile = entered(large);
        report.atMost(
                BAR_SECONDS,
                "another user's lead enters beside %,d".formatted(crowd),
                "within %.1f s".formatted(longest),
                "seconds; of the crowd %,d were in".formatted(meanwhile),
                longest);
        if (meanwhile >= crowd) {
            System.out.println("The crowd was in before the others: this says nothing, take a larger one.");
        }
        site.become(Site.USER, large, "deactivate");
    }

    private double enter(String sequence, int number) throws Exception {
        LeadId lead = new LeadId(UUID.randomUUID());
        LeadSnapshot snapshot = new LeadSnapshot(
                lead,
                new UserId(OTHER),
                new DeviceId(UUID.randomUUID()),
                new PhoneNumber("6019000000" + number),
                "Ani",
                null,
                TargetStatus.PROSPECT,
                List.of(new TriggerAssignment("one", 1)),
                Attributes.NONE,
                List.of(),
                1,
                false);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", site.kafka(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            var unused =
                    producer.send(new ProducerRecord<>(Topic.LEADS.topicName(), lead.toString(), Json.write(snapshot)));
        }
        return Site.until("the lead is in", () -> entered(sequence) > number);
    }

    private long entered(String sequence) throws Exception {
        return site.sql("SELECT count(*) FROM enrolments WHERE sequence_id = '" + sequence + "'");
    }
}

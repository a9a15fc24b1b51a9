package io.siaran.campaign;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.siaran.model.optout.ReplyVerdict;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/**
 * The counters of campaign-service, each with its help text and every value of its labels, at 0 from the start: the first event of a
 * series that begins with it is no increase, and no alert would see it. Who counts asks for them by the same name and labels.
 */
@Singleton
class CampaignCounters implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "siaran.fanout.published", "Messages that fan-outs handed to the queue");
        counter(registry, "siaran.fanout.put.aside", "Leads that a fan-out could not make a message of");
        counter(
                registry,
                "siaran.fanout.failures",
                "Rounds of fan-outs that broke off; the next one goes on where it stood");
        Stream.of("trigger", "turn", "complete", "forget", "replies")
                .forEach(batch -> counter(
                        registry,
                        "siaran.batch.failures",
                        "What a batch could not do and put aside for a while: campaigns, replies, and what is to be forgotten",
                        "batch",
                        batch));
        Stream.of(ReplyVerdict.STOP, ReplyVerdict.START, ReplyVerdict.DOUBTFUL)
                .forEach(verdict -> counter(
                        registry,
                        "siaran.opt.out.replies",
                        "Replies that are about being written to, by what they say",
                        "verdict",
                        verdict.wire()));
    }

    private static void counter(MeterRegistry registry, String name, String help, String... tags) {
        Counter.builder(name).description(help).tags(tags).register(registry);
    }
}

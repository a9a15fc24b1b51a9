package io.siaran.campaign.fanout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.kafka.ConsumerLag;
import io.siaran.model.Topic;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Publishes again what the topic lost. Only when nothing more of a run comes in, the readers of the topic have read it to
 * its end, and the run was not repeated too often; then an operator is told ({@code siaran_fanout_given_up}).
 */
@ApplicationScoped
class RepeatLost {

    private static final Logger LOG = Logger.getLogger(RepeatLost.class);

    private final FanOutStore store;
    private final FanOut fanOut;
    private final ConsumerLag lag;
    private final String readers;
    private final Counter repeats;
    private final AtomicLong shortRuns = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();

    RepeatLost(FanOutStore store, FanOut fanOut, ConsumerLag lag, FanOutConfig config, MeterRegistry metrics) {
        this.store = store;
        this.fanOut = fanOut;
        this.lag = lag;
        this.readers = config.readerGroup();
        this.repeats = Counter.builder("siaran.fanout.repeats")
                .description("Runs that were published again since dispatch had fewer messages than were published")
                .register(metrics);
        Gauge.builder("siaran.fanout.short", shortRuns, AtomicLong::get)
                .description("Runs of which dispatch has fewer messages than were published")
                .register(metrics);
        Gauge.builder("siaran.fanout.given.up", givenUp, AtomicLong::get)
                .description("Those of them that were published again too often")
                .register(metrics);
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void look() {
        FanOutStore.Short now = store.isShort();
        shortRuns.set(now.runs());
        givenUp.set(now.givenUp());
        if (now.runs() > now.givenUp() && allIsRead()) {
            repeat();
        }
    }

    private void repeat() {
        int repeated = store.repeatLost();
        if (repeated > 0) {
            repeats.increment(repeated);
            LOG.warnf("fan-outs repeated=%d: dispatch stored less than was published", repeated);
            fanOut.nudge();
        }
    }

    /** Unknown counts as unread: to publish again would only lengthen what is behind. */
    private boolean allIsRead() {
        OptionalLong behind = lag.of(Topic.BROADCAST_MESSAGES, readers);
        return behind.isPresent() && behind.getAsLong() == 0;
    }
}

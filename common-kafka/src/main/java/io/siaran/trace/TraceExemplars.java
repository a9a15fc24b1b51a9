package io.siaran.trace;

import io.prometheus.client.exemplars.Exemplar;
import io.prometheus.client.exemplars.ExemplarSampler;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Beside each bucket of a histogram the trace of the message that last fell into it: from a slow bar to the message. */
@Singleton
public class TraceExemplars implements ExemplarSampler {

    private final ThreadLocal<String> trace = new ThreadLocal<>();

    /** What is recorded meanwhile, by this thread, is of that trace. */
    public void with(Optional<String> traceOfMessage, Runnable recording) {
        traceOfMessage.ifPresent(trace::set);
        try {
            recording.run();
        } finally {
            trace.remove();
        }
    }

    @Override
    public Exemplar sample(double value, double from, double to, Exemplar previous) {
        return sample(value, previous);
    }

    /** Null keeps the one before. */
    @Override
    public Exemplar sample(double increment, Exemplar previous) {
        String current = trace.get();
        return current == null ? null : new Exemplar(increment, "trace_id", current);
    }

    /** Takes the place of Quarkus' own, which knows of none. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    Optional<ExemplarSampler> ofTheRegistry() {
        return Optional.of(this);
    }
}

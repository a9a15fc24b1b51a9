package io.siaran.gateway.provider.whatsappweb.bridge;

import io.siaran.gateway.provider.ProviderConfig;
import java.time.Duration;
import java.util.Map;

/**
 * How the time of one send is spent. In the worst case it is a sixth for the image, a sixth for the question where the session
 * is, and half for the call itself; a second call, and the question for the end of a timelock, are made only while there is time.
 */
record SendBudget(ProviderConfig calls, Duration whole) implements ProviderConfig {

    /** Of the call that sends: what takes longer is unknown, and looked up. */
    Duration ofTheCall() {
        return whole.dividedBy(2);
    }

    /**
     * Until when a message may leave, after its call has begun; the rest is for WhatsApp's answer. One that left when the call was
     * given up already would come too soon before the next.
     */
    Duration untilItMustHaveLeft() {
        return ofTheCall().dividedBy(2);
    }

    /** Whether a second call still ends in time. */
    boolean hasTimeForACall(long begunNanos) {
        return elapsed(begunNanos).compareTo(whole.dividedBy(4)) < 0;
    }

    /** Whether a question still is answered in time. */
    boolean hasTimeForAQuestion(long begunNanos) {
        return elapsed(begunNanos).plus(questionTimeout()).compareTo(whole) < 0;
    }

    private static Duration elapsed(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    @Override
    public Duration questionTimeout() {
        Duration sixth = whole.dividedBy(6);
        return calls.questionTimeout().compareTo(sixth) < 0 ? calls.questionTimeout() : sixth;
    }

    @Override
    public Duration connectTimeout() {
        return calls.connectTimeout();
    }

    @Override
    public Duration timeout() {
        return calls.timeout();
    }

    @Override
    public Map<String, Duration> timeouts() {
        return calls.timeouts();
    }

    @Override
    public Duration idleTimeout() {
        return calls.idleTimeout();
    }

    @Override
    public int maxConnections() {
        return calls.maxConnections();
    }

    @Override
    public int questionsAtOnce() {
        return calls.questionsAtOnce();
    }
}

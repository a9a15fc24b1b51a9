package io.siaran.gateway.breaker;

import io.siaran.gateway.breaker.Judgement.Hold;
import io.siaran.model.DeferReason;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The circuit breaker of one device, as its last calls left it. Closed: fewer troubles in a row than the policy allows. Open:
 * as many or more, and the device is held. Half open: as open, and the hold is over; since a device has one turn at a time,
 * one call goes out as the probe, and its end is judged as every other. Immutable and pure; the row of the device's pace
 * keeps it.
 *
 * @param troubles calls in a row that the platform failed or did not answer
 * @param openings how often in a row it opened, probes that failed included
 * @param refusals calls in a row in which the platform refused the device
 * @param contactRefusals calls in a row in which the platform refused the contact
 * @param probesHost whether its call is the probe of its host, whose own breaker is open
 */
public record Breaker(int troubles, int openings, int refusals, int contactRefusals, boolean probesHost) {

    /** Of a device that was always served. */
    public static final Breaker CLOSED = new Breaker(0, 0, 0, 0, false);

    /** What that evidence makes of it, and for how long the device is silent now. */
    public Judgement judge(Evidence evidence, BreakerPolicy policy, RandomGenerator random) {
        return switch (evidence) {
            case Evidence.None() -> Judgement.NONE;
            case Evidence.Served() -> served(0);
            case Evidence.ContactRefused() -> served(contactRefusals + 1);
            case Evidence.MessageRefused() -> served(contactRefusals);
            // It says nothing for or against the platform's health: the rest stays.
            case Evidence.Throttled(Duration asked) ->
                held(this, new Hold(DeferReason.RATE_LIMITED, policy.throttle(asked)));
            case Evidence.DeviceRefused() ->
                new Judgement(Optional.of(new Breaker(0, 0, refusals + 1, 0, false)), Optional.empty(), false);
            case Evidence.Trouble() -> troubled(policy, random);
        };
    }

    /** How long a device is held that the platform refused so often, where the platform does not say for how long. */
    public Duration refusedFor(BreakerPolicy policy, RandomGenerator random) {
        return policy.pause(refusals - 1, random);
    }

    private Judgement troubled(BreakerPolicy policy, RandomGenerator random) {
        // The host is known to be in trouble: a probe that fails is no news, and no fault of its message.
        int now = Math.max(troubles + 1, probesHost ? policy.threshold() : 0);
        boolean opens = now >= policy.threshold();
        Breaker after = new Breaker(now, opens ? openings + 1 : openings, refusals, contactRefusals, false);
        return opens
                ? held(after, new Hold(DeferReason.PLATFORM_TROUBLE, policy.pause(openings, random)))
                : new Judgement(Optional.of(after), Optional.empty(), false);
    }

    private static Judgement served(int contactRefusals) {
        return new Judgement(Optional.of(new Breaker(0, 0, 0, contactRefusals, false)), Optional.empty(), true);
    }

    private static Judgement held(Breaker after, Hold hold) {
        return new Judgement(Optional.of(after), Optional.of(hold), false);
    }
}

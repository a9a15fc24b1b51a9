package io.siaran.campaign.planning;

import io.siaran.model.Plan;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/** Whether a campaign that has begun is outside of its hours, in which case what is queued waits, and when that changes. */
@Embeddable
class SendGate {

    boolean gateClosed;

    /** Null where nothing changes by itself. */
    Instant gateTurnsAt;

    /** As it is at that moment. */
    void turn(CampaignTerms terms, Instant now) {
        var hours = SendHours.of(terms);
        gateClosed = hours.isPresent() && !hours.get().areNow(now);
        gateTurnsAt = hours.map(those -> those.changeAfter(now)).orElse(null);
    }

    /**
     * Whether the queue is to hold a campaign of that status. One that has hours is closed to it before it begins: the news of a trigger
     * outside of them and its messages go by two topics, and whichever comes first, nothing is sent. One that has ended is told as what
     * it is, and until when it is open: its messages may be tried again.
     */
    boolean holds(CampaignStatus status, CampaignTerms terms) {
        return switch (status) {
            case SCHEDULED -> SendHours.of(terms).isPresent();
            case TRIGGERED -> gateClosed;
            default -> false;
        };
    }

    /** In the words of the topic of plans: the queue closes by itself then, should nobody here say so in time. */
    Instant openUntil() {
        return gateClosed ? Plan.NOT_OPEN : gateTurnsAt;
    }

    /** Nothing of the campaign is queued. */
    void open() {
        gateClosed = false;
        gateTurnsAt = null;
    }
}

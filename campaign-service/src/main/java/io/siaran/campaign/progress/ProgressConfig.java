package io.siaran.campaign.progress;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code siaran.progress.*}; the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.progress")
interface ProgressConfig {

    /** How often campaigns are looked for of which every message has come to its end. */
    Duration completionInterval();

    /** How often replies are looked at that may be of a run whose news of the send is under way; and when such a one is for the first time. */
    Duration earlyRepliesInterval();

    /**
     * For how long such a reply is kept, looked at after longer and longer pauses, until it counts for the run that is known by then, or
     * for none: longer than the news of a send is on its way.
     */
    Duration earlyRepliesWait();
}

package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.AudienceRow;
import io.siaran.campaign.planning.Exclusion;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What became of the pages that Kafka has acknowledged since the cursor moved last, in sums. */
final class Acknowledged {

    /** Why how many leads of a device were left out. */
    record LeftOutOn(DeviceId device, Exclusion reason) {}

    private final Map<DeviceId, Long> published = new HashMap<>();
    private final Map<LeftOutOn, Long> leftOut = new HashMap<>();
    private final List<AudienceRow.Unreadable> rejects = new ArrayList<>();
    private long messages;
    private LeadId last;

    /** Takes in the page behind those so far. */
    void add(FanOutPage page) {
        page.reached().forEach(each -> published.merge(each.lead().deviceId(), 1L, Long::sum));
        page.leftOut().forEach(each -> leftOut.merge(new LeftOutOn(each.deviceId(), each.reason()), 1L, Long::sum));
        rejects.addAll(page.rejects());
        messages += page.reached().size();
        last = page.last();
    }

    boolean isEmpty() {
        return last == null;
    }

    Map<DeviceId, Long> published() {
        return published;
    }

    Map<LeftOutOn, Long> leftOut() {
        return leftOut;
    }

    List<AudienceRow.Unreadable> rejects() {
        return rejects;
    }

    long messages() {
        return messages;
    }

    /** The last lead of the last page. */
    LeadId last() {
        return last;
    }
}

package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.AudienceRow;
import io.siaran.model.LeadId;
import java.util.List;

/**
 * What was read of one page of an audience.
 *
 * @param after the last lead of the page before; null for the first page
 * @param phoneChanges how often phones had changed before it was read
 * @param isLast whether the audience has nobody behind these rows
 */
record ReadPage(LeadId after, long phoneChanges, List<AudienceRow> rows, boolean isLast) {

    /** Where the next page begins after. */
    LeadId last() {
        return rows.getLast().leadId();
    }
}

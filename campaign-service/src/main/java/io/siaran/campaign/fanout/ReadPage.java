package io.siaran.campaign.fanout;

import io.siaran.model.LeadId;

/**
 * What was read of one page of an audience.
 *
 * @param after the last lead of the page before; null for the first page
 * @param phoneChanges how often phones had changed before it was read
 * @param page what becomes of it
 * @param isLast whether the audience has nobody behind it
 */
record ReadPage(LeadId after, long phoneChanges, FanOutPage page, boolean isLast) {

    /** Whether nobody is on it. */
    boolean isEmpty() {
        return page.last() == null;
    }

    /** Where the next page begins after. */
    LeadId last() {
        return page.last();
    }
}

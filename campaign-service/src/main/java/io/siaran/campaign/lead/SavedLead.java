package io.siaran.campaign.lead;

import io.siaran.model.MessageId;
import java.util.List;

/**
 * A lead after a change.
 *
 * @param takenBack messages to it that are not sent any more, since its phone is reached through another lead
 */
record SavedLead(Lead lead, List<MessageId> takenBack) {}

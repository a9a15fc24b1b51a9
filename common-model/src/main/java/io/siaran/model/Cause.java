package io.siaran.model;

/** Why a message exists. What it names is never null, except where it says so. */
public sealed interface Cause {

    MessageKind kind();

    /** One lead's copy of a campaign's run. */
    record Campaign(LeadId leadId, CampaignId campaignId, int run) implements Cause {

        public Campaign {
            if (leadId == null || campaignId == null || run < 1) {
                throw notWhole(MessageKind.CAMPAIGN);
            }
        }

        @Override
        public MessageKind kind() {
            return MessageKind.CAMPAIGN;
        }
    }

    /** One lead's copy of a sequence's step. */
    record Step(LeadId leadId, SequenceId sequenceId, StepId stepId, ContactId contactId) implements Cause {

        public Step {
            if (leadId == null || sequenceId == null || stepId == null || contactId == null) {
                throw notWhole(MessageKind.STEP);
            }
        }

        @Override
        public MessageKind kind() {
            return MessageKind.STEP;
        }
    }

    /** Somebody asked for this one message. */
    record Direct() implements Cause {

        @Override
        public MessageKind kind() {
            return MessageKind.DIRECT;
        }
    }

    /**
     * Somebody tries out how a campaign looks.
     *
     * @param campaignId null: of a draft that was not saved
     */
    record Test(CampaignId campaignId) implements Cause {

        @Override
        public MessageKind kind() {
            return MessageKind.TEST;
        }
    }

    private static IllegalArgumentException notWhole(MessageKind kind) {
        return new IllegalArgumentException("a message of kind " + kind.wire() + " names its whole cause");
    }
}

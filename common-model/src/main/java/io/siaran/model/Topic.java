package io.siaran.model;

/** The topics of Siaran; who writes and reads each stands in {@code docs/architecture.md}. */
public enum Topic {
    BROADCAST_MESSAGES("broadcast-messages", false),
    DEVICE_SENDS("device-sends", false),
    DELIVERY_EVENTS("delivery-events", false),
    MESSAGE_STATUS("message-status", false),
    CAMPAIGN_PROGRESS("campaign-progress", true),
    PLANS("plans", true),
    DEVICES("devices", true),
    LEADS("leads", true),
    SUPPRESSIONS("suppressions", true),
    LEAD_COMMANDS("lead-commands", false),
    INBOUND_MESSAGES("inbound-messages", false),
    SEQUENCE_EVENTS("sequence-events", false),
    USER_EVENTS("user-events", false),
    PERSON_REQUESTS("person-requests", false),
    PERSON_ANSWERS("person-answers", false);

    private final String topicName;
    private final boolean compacted;

    Topic(String topicName, boolean compacted) {
        this.topicName = topicName;
        this.compacted = compacted;
    }

    public String topicName() {
        return topicName;
    }

    /** Whether Kafka keeps the latest record of each key for ever (snapshots), or every record for a time (logs). */
    public boolean compacted() {
        return compacted;
    }

    /** Where records go that cannot be read or stored, with the reason in a header. */
    public String deadLetters() {
        return topicName + "-dlq";
    }
}

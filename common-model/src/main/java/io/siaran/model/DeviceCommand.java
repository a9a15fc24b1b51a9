package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What crosses {@code device-sends}, keyed by device: begin this try, or give it back. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Send.class, name = "send"),
    @JsonSubTypes.Type(value = Recall.class, name = "recall")
})
public sealed interface DeviceCommand permits Send, Recall {

    MessageId messageId();

    /** Which release of the message this is about, from 1. */
    int tryNo();

    UserId userId();

    DeviceId deviceId();
}

package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What crosses {@code broadcast-messages}, keyed by device: send this, or no longer send that. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BroadcastMessage.class, name = "message"),
    @JsonSubTypes.Type(value = Withdraw.class, name = "withdraw")
})
public sealed interface BroadcastRecord permits BroadcastMessage, Withdraw {

    MessageId id();

    UserId userId();

    DeviceId deviceId();
}

package io.siaran.sequence.progress;

import io.siaran.model.WireEnum;

/** What a contact's step waits for. */
enum WaitsFor implements WireEnum {
    /** Its time. */
    TIME,
    /** The sequence is not active. */
    SEQUENCE_INACTIVE,
    /** The lead's device was deleted: the lead is moved, or leaves. */
    MOVE,
    /** The device is not online. */
    DEVICE_OFFLINE,
    /** What let the lead in is gone: the contact is about to leave. */
    LEAVING,
    /** The sequence was edited, and the step is planned anew within seconds. */
    PLAN,
    /** Its row could not be processed, and is tried again within an hour. */
    SET_ASIDE,
    /** The next turn of the trigger processor. */
    TURN,
    /** The queue: its message there says for what it waits. */
    QUEUE,
    /** Whether it was sent: nobody knows. */
    OUTCOME
}

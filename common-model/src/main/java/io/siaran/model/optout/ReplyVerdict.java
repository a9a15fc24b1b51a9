package io.siaran.model.optout;

import io.siaran.model.WireEnum;

/** What a reply says about being written to. */
public enum ReplyVerdict implements WireEnum {
    /** No more messages: it says nothing else. */
    STOP,
    /** Messages again: it says nothing else. */
    START,
    /** It may mean stop, and says something else too: an operator decides. */
    DOUBTFUL,
    /** Anything else. */
    NEITHER
}

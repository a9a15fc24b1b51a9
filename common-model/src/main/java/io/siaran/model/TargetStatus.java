package io.siaran.model;

/** What a lead is to the business; as a filter, {@code ALL} is everybody. */
public enum TargetStatus implements WireEnum {
    /** Has not bought yet. */
    PROSPECT,
    /** Has bought. */
    CUSTOMER,
    /** Either (filters only). */
    ALL
}

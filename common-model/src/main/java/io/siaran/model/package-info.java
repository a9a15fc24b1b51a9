/**
 * What crosses Kafka: ids, messages, events and topic names, as immutable records that refuse wrong values.
 * Known by every service; knows none of them, does no I/O.
 * Always holds: every record reads what its previous version wrote (golden files in the tests pin the wire form).
 */
package io.siaran.model;

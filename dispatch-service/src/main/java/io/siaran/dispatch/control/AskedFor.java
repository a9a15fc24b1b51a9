package io.siaran.dispatch.control;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.UUID;

/**
 * What is written of an action in the audit: which messages it was asked for, and how many those were. A phone is not shown there, so
 * whom it was about is told by the leads that have it.
 *
 * @param messages null: too many to be counted at once
 * @param leadIds null: it was not about one person
 */
record AskedFor(@JsonUnwrapped BulkRequest request, Long messages, List<UUID> leadIds) {}

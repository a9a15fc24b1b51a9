/**
 * What this service knows of leads, devices and suppressed numbers, as their owners told it last.
 * Fed by Kafka; enrolment and firing read its tables and drain its reviews.
 * Always holds: an older version never overwrites a newer one, and every change of a lead that matters is reviewed.
 */
package io.siaran.sequence.lead;

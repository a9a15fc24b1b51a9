/**
 * Who must not be written to: what operators say, and what people reply.
 * Called over REST and by the topic of replies; audiences and leads read its table, nobody imports it.
 * Always holds: a suppression and its news are one transaction, and a reply is taken once.
 */
package io.siaran.campaign.suppression;

package io.siaran.localstack.simulator;

/**
 * A message that a platform took.
 *
 * @param id the platform's
 * @param lid by which name the platform calls the recipient from now on; null: by the phone
 */
record Sent(Message message, String id, String lid) {}

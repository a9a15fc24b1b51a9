package io.siaran.localstack.simulator;

/** What a platform was asked to send; {@code mediaUrl} and {@code refId} may be null. */
record Message(String device, String phone, String text, String mediaUrl, String refId) {}

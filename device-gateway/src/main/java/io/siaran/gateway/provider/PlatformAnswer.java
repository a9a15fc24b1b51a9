package io.siaran.gateway.provider;

/**
 * What a platform answered, unread.
 *
 * @param retryAfter the header of that name, or null
 * @param body as text, or null
 */
public record PlatformAnswer(int status, String retryAfter, String body) {}

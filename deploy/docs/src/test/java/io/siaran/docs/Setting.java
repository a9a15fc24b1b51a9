package io.siaran.docs;

/** One setting of a service, as the page shows it. */
record Setting(String module, String name, String type, String otherwise, String meaning) {}

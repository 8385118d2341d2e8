package org.roundel.core.plugin.doctor;

/**
 * What there is to say of a plugin.
 *
 * @param problem whether it keeps the plugin, or a part of it, from being used
 * @param what what is the matter; no full stop
 * @param hint what to do, in whole sentences
 */
public record PluginFinding(boolean problem, String what, String hint) {}

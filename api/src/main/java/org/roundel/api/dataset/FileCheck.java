package org.roundel.api.dataset;

/**
 * What checking one file of a dataset found.
 *
 * @param file the file's name, relative to the dataset's directory
 * @param valid whether it can be used
 * @param detail one line: what was found, against what is expected where the two differ
 */
public record FileCheck(String file, boolean valid, String detail) {}

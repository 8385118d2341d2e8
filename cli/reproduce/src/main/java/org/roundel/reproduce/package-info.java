/** The experiments of Li et al. (2017): what each computes, and its files, figures and report. */
@NullMarked
package org.roundel.reproduce;

import org.jspecify.annotations.NullMarked;

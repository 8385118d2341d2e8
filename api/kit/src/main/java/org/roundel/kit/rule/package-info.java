/**
 * What a rule is, whom it is checked with, how a broken one is told, and the rules that factories
 * of every kind keep.
 */
@NullMarked
package org.roundel.kit.rule;

import org.jspecify.annotations.NullMarked;

/** What every model must do: its gradients, its scores, the description of its layers. */
@NullMarked
package org.roundel.kit.model;

import org.jspecify.annotations.NullMarked;

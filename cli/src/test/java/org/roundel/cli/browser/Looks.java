package org.roundel.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What every page has to keep, whatever it shows. */
final class Looks {
  /**
   * The contrast of every text that is seen, as WCAG 2.2 computes it, and what it is too low on.
   */
  private static final String CONTRASTS =
      """
      () => {
        const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
        const rgba = color => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          return [...canvas.getImageData(0, 0, 1, 1).data];
        };
        const light = color => rgba(color).slice(0, 3).map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = element => {
          const color = getComputedStyle(element).backgroundColor;
          return rgba(color)[3] === 0 && element.parentElement ? behind(element.parentElement) : color;
        };
        return texts().map(([element, text]) => {
          const a = light(getComputedStyle(element).color), b = light(behind(element));
          return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), element, text];
        }).filter(([contrast, element]) => contrast < 4.5 && !element.closest(":disabled,.hidden,.skip,[aria-pressed=false]"))
          .map(([contrast, element, text]) => contrast.toFixed(2) + " " + element.tagName + " " + text);

        function texts() {
          const found = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (walker.currentNode.data.trim() && element.checkVisibility() && !element.closest("noscript,script")) {
              found.push([element, walker.currentNode.data]);
            }
          }
          return found;
        }
      }
      """;

  private static final String SMALL =
      """
      () => [...document.querySelectorAll("body *")]
          .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
          .filter(e => parseFloat(getComputedStyle(e).fontSize) < 12)
          .map(e => e.tagName + " " + e.textContent)
      """;

  /** Every control has a name, every id is there once, and heads are in their order. */
  private static final String UNNAMED =
      """
      () => [
        ...[...document.querySelectorAll("button,a[href],input,select,[role=img],[role=group],table,progress")]
            .filter(e => e.checkVisibility())
            .filter(e => !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length || e.caption))
            .map(e => "no name: " + e.outerHTML.slice(0, 120)),
        ...[...document.querySelectorAll("[id]")].filter(e => document.querySelectorAll("#" + CSS.escape(e.id)).length > 1)
            .map(e => "twice: " + e.id),
        ...(document.querySelectorAll("h1").length === 1 ? [] : ["not one h1"]),
      ]
      """;

  private Looks() {}

  /** Asserts that all can read the page as it is now. */
  static void assertReadable(Tab tab) {
    assertThat(tab.overflow()).as("wider than the window").isZero();
    assertThat((List<?>) tab.page().evaluate(SMALL)).as("text under 12 px").isEmpty();
    assertThat((List<?>) tab.page().evaluate(CONTRASTS)).as("contrast under 4.5").isEmpty();
    assertThat((List<?>) tab.page().evaluate(UNNAMED)).isEmpty();
  }
}

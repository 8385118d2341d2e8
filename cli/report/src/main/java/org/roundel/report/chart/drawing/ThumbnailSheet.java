package org.roundel.report.chart.drawing;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.roundel.core.run.AtomicFiles;

/** Small images with a few lines under each, on one sheet. */
public final class ThumbnailSheet {
  private static final int COLUMNS = 8;
  private static final int MARGIN = 16;
  private static final int TITLE = 34;
  private static final int SIDE = 112;
  private static final int GAP = 16;
  private static final int LINE = 16;
  private static final float TEXT_SIZE = 12.5f;

  private ThumbnailSheet() {}

  /**
   * An image and what is said of it.
   *
   * @param lines one below the other; what does not fit is cut
   */
  public record Thumbnail(BufferedImage image, List<String> lines) {}

  /**
   * Writes the sheet as a PNG file.
   *
   * @param file replaced where it exists; its directory exists
   * @param thumbnails from the left to the right, then down; one at least
   * @throws org.roundel.core.RoundelException if the file cannot be written
   */
  public static void write(Path file, String title, List<Thumbnail> thumbnails) {
    AtomicFiles.write(file, Png.of(new Sheet(title, thumbnails)));
  }

  private record Sheet(String title, List<Thumbnail> thumbnails) implements Painting {
    private int lines() {
      return thumbnails.stream().mapToInt(each -> each.lines().size()).max().orElse(0);
    }

    private int tile() {
      return SIDE + 6 + lines() * LINE + GAP;
    }

    @Override
    public int width() {
      int columns = Math.min(COLUMNS, thumbnails.size());
      int titleWidth = (int) TickAxis.width(title, Fonts.ofSize(Frame.TEXT_SIZE));
      return 2 * MARGIN + Math.max(columns * (SIDE + GAP) - GAP, titleWidth + 1);
    }

    @Override
    public int height() {
      int rows = (thumbnails.size() + COLUMNS - 1) / COLUMNS;
      return MARGIN + TITLE + rows * tile();
    }

    @Override
    public void paint(Graphics2D graphics) {
      Theme theme = Theme.LIGHT;
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setColor(theme.background());
      graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
      graphics.setColor(theme.text());
      graphics.setFont(Fonts.ofSize(Frame.TEXT_SIZE));
      graphics.drawString(title, MARGIN, MARGIN + 14);
      graphics.setFont(Fonts.ofSize(TEXT_SIZE));
      for (int index = 0; index < thumbnails.size(); index++) {
        int x = MARGIN + index % COLUMNS * (SIDE + GAP);
        int y = MARGIN + TITLE + index / COLUMNS * tile();
        paint(graphics, thumbnails.get(index), x, y);
      }
    }

    private static void paint(Graphics2D graphics, Thumbnail thumbnail, int x, int y) {
      BufferedImage image = thumbnail.image();
      double scale = (double) SIDE / Math.max(image.getWidth(), image.getHeight());
      int width = (int) Math.max(1, Math.round(image.getWidth() * scale));
      int height = (int) Math.max(1, Math.round(image.getHeight() * scale));
      Image scaled = image;
      if (scale < 0.5) {
        // Pixels of the sheet are half a unit; each is the mean of those that it stands for.
        scaled = image.getScaledInstance(2 * width, 2 * height, Image.SCALE_AREA_AVERAGING);
      }
      // Small images are shown pixel by pixel, as they are.
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      graphics.drawImage(scaled, x, y, width, height, null);
      float line = y + SIDE + 6;
      for (String text : thumbnail.lines()) {
        line += LINE;
        graphics.drawString(cut(text, graphics), x, line - 3);
      }
    }

    private static String cut(String text, Graphics2D graphics) {
      if (TickAxis.width(text, graphics.getFont()) <= SIDE + GAP - 4) {
        return text;
      }
      int end = text.length();
      while (end > 1
          && TickAxis.width(text.substring(0, end) + "…", graphics.getFont()) > SIDE + GAP - 4) {
        end--;
      }
      return text.substring(0, end) + "…";
    }
  }
}

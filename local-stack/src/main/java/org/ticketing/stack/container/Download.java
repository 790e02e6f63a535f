package org.ticketing.stack.container;

import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Tells in a line every few seconds how far an image has been pulled, and remembers failures. */
final class Download implements Consumer<PullResponseItem> {

  private static final long BETWEEN_LINES = TimeUnit.SECONDS.toNanos(5);

  private final String image;
  private final Consumer<String> progress;
  private final Map<String, ProgressDetail> layers = new HashMap<>();
  private long lastLine = System.nanoTime();
  private String failure = "the engine gave no reason";

  Download(String image, Consumer<String> progress) {
    this.image = image;
    this.progress = progress;
  }

  @Override
  public synchronized void accept(PullResponseItem item) {
    if (item.isErrorIndicated()) {
      failure =
          item.getErrorDetail() == null ? item.getError() : item.getErrorDetail().getMessage();
    }
    ProgressDetail layer = item.getProgressDetail();
    if ("Downloading".equals(item.getStatus()) && hasSize(layer)) {
      layers.put(item.getId(), layer);
      tell();
    }
  }

  /** What the engine said last of a failure. */
  synchronized String failure() {
    return failure;
  }

  private static boolean hasSize(ProgressDetail layer) {
    return layer != null && layer.getCurrent() != null && layer.getTotal() != null;
  }

  private void tell() {
    if (System.nanoTime() - lastLine > BETWEEN_LINES) {
      lastLine = System.nanoTime();
      progress.accept(
          "pulling %s: %d of %d MB"
              .formatted(
                  image,
                  megabytes(ProgressDetail::getCurrent),
                  megabytes(ProgressDetail::getTotal)));
    }
  }

  private long megabytes(ToLongFunction<ProgressDetail> part) {
    return layers.values().stream().mapToLong(part).sum() / 1_000_000;
  }
}

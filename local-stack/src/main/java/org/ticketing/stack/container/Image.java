package org.ticketing.stack.container;

import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * The images of the database servers. Their versions are here and nowhere else. A system property
 * names another image, for those who have a registry of their own. Testcontainers' settings for
 * that hold as well, such as {@code TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX} in the environment.
 */
public enum Image {
  POSTGRESQL("ticketing.image.postgresql", "postgres:17"),
  MYSQL("ticketing.image.mysql", "mysql:8.4");

  private final String property;
  private final String pinned;

  Image(String property, String pinned) {
    this.property = property;
    this.pinned = pinned;
  }

  /** The name with which the engine pulls it and starts containers. */
  public String reference() {
    return ImageNameSubstitutor.instance()
        .apply(DockerImageName.parse(System.getProperty(property, pinned)))
        .asCanonicalNameString();
  }
}

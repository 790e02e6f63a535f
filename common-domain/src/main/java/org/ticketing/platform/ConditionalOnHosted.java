package org.ticketing.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Present only in processes that host the named service. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(ConditionalOnHosted.OnHosted.class)
public @interface ConditionalOnHosted {

  /** The {@linkplain Service#id() name} of the service. */
  String value();

  class OnHosted implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      Object service =
          metadata.getAnnotationAttributes(ConditionalOnHosted.class.getName()).get("value");
      return Service.hosted(context.getEnvironment()).contains(Service.of((String) service));
    }
  }
}

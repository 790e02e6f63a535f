package org.ticketing.xa;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.ticketing.platform.Paths;

/** Makes the process a participant: its database takes part in global transactions. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(ParticipantSettings.class)
class ParticipantConfiguration {

  @Bean
  static BeanPostProcessor branchConnections(ObjectProvider<Branches> branches) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof HikariDataSource pool
            ? new BranchDataSource(pool, () -> currentBranch(branches))
            : bean;
      }
    };
  }

  /** In the coordinator's process the database joins the thread's transaction when it is used. */
  private static Branch currentBranch(ObjectProvider<Branches> branches) {
    return GlobalTransaction.current()
        .map(transaction -> transaction.enlist(CoordinatorConfiguration.PAYMENT))
        .map(work -> branches.getObject().of(work))
        .orElseGet(BranchInterceptor::currentBranch);
  }

  @Bean
  XaDatabase xaDatabase(DataSource dataSource) throws SQLException {
    return new XaDatabase(dataSource.unwrap(HikariDataSource.class));
  }

  @Bean
  WebMvcConfigurer workInBranches(Branches branches) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new BranchInterceptor(branches)).addPathPatterns(Paths.PROTOCOL + "**");
      }
    };
  }
}

package org.ticketing.stack;

import static org.ticketing.stack.Server.MYSQL;
import static org.ticketing.stack.Server.POSTGRES;
import static org.ticketing.stack.Server.SEATA;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The five systems that can be started: three protocols and the two baselines that frame them. */
public enum Variant {
  MONOLITH("benchmarks/baselines", "org.ticketing.monolith.MonolithApplication", POSTGRES),
  UNCOORDINATED(
      "benchmarks/baselines",
      "org.ticketing.uncoordinated.UncoordinatedApplication",
      POSTGRES,
      MYSQL),
  XA("xa-variant", "org.ticketing.xa.XaApplication", POSTGRES, MYSQL),
  TCC("tcc-variant", "org.ticketing.tcc.TccApplication", POSTGRES, MYSQL, SEATA),
  SAGA("saga-variant", "org.ticketing.saga.SagaApplication", POSTGRES, MYSQL, SEATA);

  private static final List<ProcessRole> SPLIT =
      List.of(
          new ProcessRole("payment", POSTGRES, "payment"),
          new ProcessRole("point", MYSQL, "point"),
          new ProcessRole("reservation", POSTGRES, "reservation"),
          new ProcessRole("shop", POSTGRES, "user", "concert", "queue", "seat", "partner"));
  private static final List<ProcessRole> TOGETHER =
      List.of(
          new ProcessRole(
              "monolith",
              POSTGRES,
              "user",
              "concert",
              "queue",
              "seat",
              "reservation",
              "point",
              "payment",
              "partner"));

  private final Program program;
  private final Set<Server> servers;

  Variant(String module, String mainClass, Server first, Server... others) {
    this.program = new Program(module, mainClass);
    this.servers = EnumSet.of(first, others);
  }

  /** The name used in commands, file names and database names. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The Maven module its processes that take part in payments are built in. */
  public String module() {
    return program.module();
  }

  /** What a process in the role runs. */
  Program program(ProcessRole role) {
    return role.takesPartInPayments() ? program : Program.SHOP;
  }

  /** The servers its processes need. */
  public Set<Server> servers() {
    return EnumSet.copyOf(servers);
  }

  /** The names of its processes, in the order ports are given to them. */
  public List<String> processes() {
    return roles().stream().map(ProcessRole::process).toList();
  }

  /** Of the process of that name, or of the one that hosts the service of that name. */
  ProcessRole role(String name) {
    return roles().stream()
        .filter(role -> role.process().equals(name) || role.services().contains(name))
        .findFirst()
        .orElseThrow(
            () -> new StackException(id() + " has neither a process nor a service " + name + "."));
  }

  List<ProcessRole> roles() {
    return this == MONOLITH ? TOGETHER : SPLIT;
  }
}

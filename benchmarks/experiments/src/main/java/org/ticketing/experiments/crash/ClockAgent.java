package org.ticketing.experiments.crash;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * Sets the clock of another JVM back or right while it runs. There it is an agent, and knows only
 * the JDK. It has all classes that ask for the time ask {@link BackwardClock} instead, and leaves
 * alone what measures how long something takes ({@link System#nanoTime()}).
 */
public final class ClockAgent implements ClassFileTransformer {

  private static final String CLOCK = "org/ticketing/experiments/crash/BackwardClock";

  /** The methods that tell the time: class, name, and type. */
  private static final Set<List<String>> TELLING_THE_TIME =
      Set.of(
          List.of("java/lang/System", "currentTimeMillis", "()J"),
          List.of("jdk/internal/misc/VM", "getNanoTimeAdjustment", "(J)J"));

  /** Those of the JDK that ask for it, of others than the JDK itself. */
  private static final Set<String> IN_THE_JDK =
      Set.of("java/time/Clock", "java/time/Clock$SystemClock", "java/util/Date");

  private static final List<String> JDK = List.of("java/", "javax/", "jdk/", "sun/", "com/sun/");

  private static boolean installed;

  /**
   * @param argument how many milliseconds the clock is to be behind, a blank, and a jar with {@link
   *     BackwardClock} alone
   */
  public static void agentmain(String argument, Instrumentation jvm) throws Exception {
    String[] parts = argument.split(" ", 2);
    if (!installed) {
      installed = true;
      // The classes of the JDK see nothing but what its own loader has.
      jvm.appendToBootstrapClassLoaderSearch(new JarFile(parts[1]));
      jvm.addTransformer(new ClockAgent(), true);
      jvm.retransformClasses(loadedAsking(jvm).toArray(Class[]::new));
    }
    BackwardClock.set(Long.parseLong(parts[0]));
  }

  private static List<Class<?>> loadedAsking(Instrumentation jvm) {
    List<Class<?>> asking = new ArrayList<>();
    for (Class<?> loaded : jvm.getAllLoadedClasses()) {
      if (jvm.isModifiableClass(loaded) && isMeant(loaded.getName().replace('.', '/'))) {
        byte[] code = codeOf(loaded);
        if (code != null && redirected(code) != null) {
          asking.add(loaded);
        }
      }
    }
    return asking;
  }

  /** Null for a class that was not read from a file. */
  private static byte[] codeOf(Class<?> loaded) {
    String file = loaded.getName().replace('.', '/') + ".class";
    ClassLoader loader = loaded.getClassLoader();
    try (InputStream code =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(file)
            : loader.getResourceAsStream(file)) {
      return code == null ? null : code.readAllBytes();
    } catch (IOException unreadable) {
      return null;
    }
  }

  private static boolean isMeant(String name) {
    return IN_THE_JDK.contains(name)
        || JDK.stream().noneMatch(name::startsWith) && !name.equals(CLOCK);
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] code) {
    return name != null && isMeant(name) ? redirected(code) : null;
  }

  /**
   * The code of a class with its calls of the methods that tell the time changed: in the pool of
   * constants, they get another class (The Java Virtual Machine Specification, section 4.4).
   *
   * @return null if it calls none
   */
  static byte[] redirected(byte[] code) {
    ConstantPool pool = new ConstantPool(code);
    List<Integer> methods = pool.methods(TELLING_THE_TIME);
    return methods.isEmpty() ? null : pool.withClassOf(methods, CLOCK);
  }

  /** The pool of constants of a class file. */
  private static final class ConstantPool {

    private static final int COUNT = 8;
    private static final int FIRST = 10;

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int METHOD = 10;

    private final byte[] code;
    private final ByteBuffer bytes;
    private final int[] positions;
    private final int end;

    ConstantPool(byte[] code) {
      this.code = code;
      this.bytes = ByteBuffer.wrap(code);
      this.positions = new int[unsigned(COUNT)];
      int position = FIRST;
      for (int i = 1; i < positions.length; i++) {
        positions[i] = position;
        int tag = code[position];
        position += length(tag, position);
        if (tag == LONG || tag == DOUBLE) {
          i++; // They take two places.
        }
      }
      this.end = position;
    }

    private int length(int tag, int position) {
      return switch (tag) {
        case UTF8 -> 3 + unsigned(position + 1);
        case CLASS, 8, 16, 19, 20 -> 3;
        case 15 -> 4;
        case 3, 4, 9, METHOD, 11, 12, 17, 18 -> 5;
        case LONG, DOUBLE -> 9;
        default -> throw new IllegalArgumentException("no constant has the tag " + tag);
      };
    }

    /** The places of these methods of other classes. */
    List<Integer> methods(Set<List<String>> wanted) {
      List<Integer> found = new ArrayList<>();
      for (int i = 1; i < positions.length; i++) {
        if (positions[i] > 0 && code[positions[i]] == METHOD) {
          int owner = positions[unsigned(positions[i] + 1)];
          int nameAndType = positions[unsigned(positions[i] + 3)];
          if (wanted.contains(
              List.of(text(owner + 1), text(nameAndType + 1), text(nameAndType + 3)))) {
            found.add(i);
          }
        }
      }
      return found;
    }

    /** The text to which there is a reference at this position. */
    private String text(int reference) {
      int position = positions[unsigned(reference)];
      return new String(code, position + 3, unsigned(position + 1), StandardCharsets.UTF_8);
    }

    /** The whole class file, with another class for these methods. */
    byte[] withClassOf(List<Integer> methods, String other) {
      int name = positions.length;
      byte[] changed = code.clone();
      for (int method : methods) {
        ByteBuffer.wrap(changed).putShort(positions[method] + 1, (short) (name + 1));
      }
      ByteBuffer.wrap(changed).putShort(COUNT, (short) (name + 2));
      var file = new ByteArrayOutputStream();
      try (var data = new DataOutputStream(file)) {
        data.write(changed, 0, end);
        data.writeByte(UTF8);
        data.writeUTF(other);
        data.writeByte(CLASS);
        data.writeShort(name);
        data.write(changed, end, changed.length - end);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      return file.toByteArray();
    }

    private int unsigned(int position) {
      return Short.toUnsignedInt(bytes.getShort(position));
    }
  }
}

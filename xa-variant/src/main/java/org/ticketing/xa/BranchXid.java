package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.transaction.xa.Xid;

/**
 * The name of a branch. Its text is {@code <format>.<global transaction>.<branch>}, the latter two
 * in hexadecimal digits, as MySQL's {@code XA RECOVER CONVERT XID} shows them.
 */
record BranchXid(int formatId, String globalTransaction, String branch) implements Xid {

  private static final HexFormat HEX = HexFormat.of();

  static BranchXid of(Xid xid) {
    return new BranchXid(
        xid.getFormatId(),
        HEX.formatHex(xid.getGlobalTransactionId()),
        HEX.formatHex(xid.getBranchQualifier()));
  }

  /**
   * Is public so that Spring converts path variables with it.
   *
   * @throws IllegalArgumentException the text is not the name of a branch
   */
  public static BranchXid valueOf(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3
        || HEX.parseHex(parts[1]).length > MAXGTRIDSIZE
        || HEX.parseHex(parts[2]).length > MAXBQUALSIZE) {
      throw new IllegalArgumentException("not the name of a branch: " + text);
    }
    return new BranchXid(Integer.parseInt(parts[0]), parts[1], parts[2]);
  }

  /**
   * Returns the branch that PostgreSQL's driver has named so in {@code pg_prepared_xacts}.
   *
   * @return empty if something else has prepared it
   */
  static Optional<BranchXid> ofPostgresql(String gid) {
    String[] parts = gid.split("_", -1);
    try {
      return parts.length == 3
          ? Optional.of(new BranchXid(Integer.parseInt(parts[0]), hex(parts[1]), hex(parts[2])))
          : Optional.empty();
    } catch (IllegalArgumentException otherName) {
      return Optional.empty();
    }
  }

  private static String hex(String base64) {
    return HEX.formatHex(Base64.getDecoder().decode(base64));
  }

  /**
   * Returns the global transaction that a text names: as the coordinator does, or by one of its
   * branches.
   */
  static String transactionOf(String text) {
    try {
      return valueOf(text).transaction();
    } catch (IllegalArgumentException notABranch) {
      return text;
    }
  }

  /** Returns the global transaction as the coordinator names it. */
  String transaction() {
    return new String(getGlobalTransactionId(), US_ASCII);
  }

  @Override
  public int getFormatId() {
    return formatId;
  }

  @Override
  public byte[] getGlobalTransactionId() {
    return HEX.parseHex(globalTransaction);
  }

  @Override
  public byte[] getBranchQualifier() {
    return HEX.parseHex(branch);
  }

  @Override
  public String toString() {
    return formatId + "." + globalTransaction + "." + branch;
  }
}

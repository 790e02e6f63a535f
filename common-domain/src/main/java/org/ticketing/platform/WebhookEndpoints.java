package org.ticketing.platform;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * The addresses that webhooks may be posted to. Unless the configuration allows it, this machine
 * and its network are not among them: whoever names an address, or decides what its name resolves
 * to, could otherwise have this process call what only it can reach.
 */
class WebhookEndpoints implements DnsResolver {

  /** The host of a connection is on this machine or in its network. */
  static class LocalAddressException extends UnknownHostException {

    LocalAddressException(String host) {
      super(host + " leads to this machine or its network");
    }
  }

  private static final int LONGEST = 2000;
  private static final int LAST_PORT = 65535;

  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");

  /** It and what is below it always name this machine (RFC 6761, section 6.3). */
  private static final Pattern LOCALHOST = Pattern.compile("(.*\\.)?localhost\\.?");

  /** In hexadecimal digits: 0.0.0.0/8, "this network", and 100.64.0.0/10, which providers share. */
  private static final Pattern LOCAL_IPV4 = Pattern.compile("00.*|64[4-7].*");

  /** In hexadecimal digits: fc00::/7, local by RFC 4193, and 2002::/16, tunnels to IPv4 (6to4). */
  private static final Pattern LOCAL_IPV6 = Pattern.compile("f[cd].*|2002.*");

  /** In hexadecimal digits: 64:ff9b::/96, which ends with an address of IPv4 (RFC 6052). */
  private static final String TRANSLATED = "0064ff9b0000000000000000";

  private final boolean localAllowed;

  /**
   * @param localAllowed whether this machine and its network are among them
   */
  WebhookEndpoints(boolean localAllowed) {
    this.localAllowed = localAllowed;
  }

  /**
   * Checks an address as far as that is possible without resolving its name. Refused with {@code
   * invalid-request}.
   */
  void require(URI url) {
    boolean http =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!http
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawFragment() != null
        || url.getPort() == 0
        || url.getPort() > LAST_PORT
        || url.toString().length() > LONGEST) {
      throw new Refusal(
          Reason.INVALID_REQUEST,
          "url must be an absolute http or https address with a host and without a user.");
    }
    if (!localAllowed && isKnownToBeLocal(url.getHost())) {
      throw new Refusal(
          Reason.INVALID_REQUEST, "url must not lead to this machine or its network.");
    }
  }

  private static boolean isKnownToBeLocal(String host) {
    try {
      return ADDRESS.matcher(host).matches()
          ? isLocal(InetAddress.getByName(host)) // resolves nothing
          : LOCALHOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
    } catch (UnknownHostException noAddress) {
      return true;
    }
  }

  /**
   * Resolves the name of a host for a connection that is opened to the result, so that what is
   * checked cannot change before it is used.
   *
   * @throws LocalAddressException one of its addresses is local, and that is not allowed
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = SystemDefaultDnsResolver.INSTANCE.resolve(host);
    for (InetAddress address : addresses) {
      if (!localAllowed && isLocal(address)) {
        throw new LocalAddressException(host);
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
  }

  private static boolean isLocal(InetAddress address) throws UnknownHostException {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet6Address ipv6
            ? isLocal(ipv6)
            : LOCAL_IPV4.matcher(hex(address)).matches());
  }

  private static boolean isLocal(Inet6Address address) throws UnknownHostException {
    if (hex(address).startsWith(TRANSLATED)) {
      byte[] bytes = address.getAddress();
      return isLocal(InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, bytes.length)));
    }
    return address.isIPv4CompatibleAddress() || LOCAL_IPV6.matcher(hex(address)).matches();
  }

  private static String hex(InetAddress address) {
    return HexFormat.of().formatHex(address.getAddress());
  }
}

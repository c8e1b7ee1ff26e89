package dev.wireline.net;

import dev.wireline.internal.Quoted;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The host names of a certificate, its dNSNames, once the JDK has found the host among them.
 *
 * <p><b>Strict:</b> the JDK also accepts a host from the common name, and wildcards of any form. RFC 9525
 * allows neither (sections 2 and 6.3). This only refuses what the JDK should not have accepted, and never
 * accepts a name.
 */
record CertifiedNames(List<String> names) {
  private static final int DNS_NAME = 2;

  static CertifiedNames of(Certificate certificate) throws CertificateParsingException {
    List<String> names = new ArrayList<>();
    if (certificate instanceof X509Certificate x509) {
      Collection<List<?>> alternatives = x509.getSubjectAlternativeNames();
      for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (name.get(0).equals(DNS_NAME)) {
          names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
        }
      }
    }
    return new CertifiedNames(names);
  }

  /** Refuses the certificate if its only claim to the host is one that RFC 9525 does not allow. */
  void check(String host) throws CertificateException {
    String parent = host.substring(host.indexOf('.') + 1);
    boolean wild = parent.indexOf('.') > 0 && names.contains("*." + parent);
    if (wild || names.contains(host)) {
      return;
    }
    if (names.isEmpty()) {
      throw new CertificateException(
          "it has no host name in its subjectAltName, and RFC 9525 takes none from elsewhere");
    }
    for (String name : names) {
      if (isTooWide(name)) {
        throw new CertificateException("its name " + Quoted.text(name)
            + " is too wide: a wildcard must be a whole label, the leftmost of three or more");
      }
    }
  }

  private static boolean isTooWide(String name) {
    int last = name.lastIndexOf('*');
    boolean proper = name.startsWith("*.") && name.indexOf('.', 2) > 0;
    return last > 0 || (last == 0 && !proper);
  }
}

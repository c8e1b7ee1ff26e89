package dev.wireline.net;

/** A version of TLS that Wireline speaks. Older ones are not offered (RFC 8996). */
public enum TlsVersion {
  /** TLS 1.2 (RFC 5246). */
  TLS_1_2("TLSv1.2"),

  /** TLS 1.3 (RFC 8446). */
  TLS_1_3("TLSv1.3");

  private final String jdkName;

  TlsVersion(String jdkName) {
    this.jdkName = jdkName;
  }

  /** The JDK's name for it. */
  String jdkName() {
    return jdkName;
  }
}

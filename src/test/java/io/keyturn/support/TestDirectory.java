package io.keyturn.support;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldif.LDIFException;
import com.unboundid.util.ssl.KeyStoreKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** An LDAP directory in this JVM, over TLS, with a certificate that only its own file trusts. */
public final class TestDirectory {
  public static final String PASSWORD = "password-of-the-bind-user";
  public static final String TRUST_PASSWORD = "of-the-trust-file";

  private final Path trust;
  private final int port = Ports.free();
  private final InMemoryDirectoryServer server;

  public TestDirectory() {
    try {
      trust = certificate();
      InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("o=acme");
      config.addAdditionalBindCredentials("cn=keyturn,o=acme", PASSWORD);
      config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH, OperationType.COMPARE);
      SSLUtil tls =
          new SSLUtil(
              new KeyStoreKeyManager(
                  trust.toString(), TRUST_PASSWORD.toCharArray(), "PKCS12", "directory"),
              null);
      config.setListenerConfigs(
          InMemoryListenerConfig.createLDAPSConfig(
              "tls",
              InetAddress.getLoopbackAddress(),
              port,
              tls.createSSLServerSocketFactory(),
              null));
      server = new InMemoryDirectoryServer(config);
      server.add("dn: o=acme", "objectClass: organization", "o: acme");
      for (String unit : new String[] {"people", "groups"}) {
        server.add("dn: ou=" + unit + ",o=acme", "objectClass: organizationalUnit", "ou: " + unit);
      }
      for (String group : new String[] {"keyturn-admins", "keyturn-keys", "staff", "strangers"}) {
        server.add(
            "dn: cn=" + group + ",ou=groups,o=acme",
            "objectClass: groupOfNames",
            "cn: " + group,
            "member: cn=nobody,o=acme");
      }
    } catch (LDAPException | LDIFException | GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path certificate() throws IOException {
    Path file = Files.createTempDirectory("directory").resolve("directory.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "directory",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                TRUST_PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool made no certificate");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return file;
  }

  public int port() {
    return port;
  }

  /** The file by which this directory is trusted. */
  public Path trust() {
    return trust;
  }

  public void start() {
    try {
      server.startListening();
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers nobody any more, and forgets nothing. */
  public void stop() {
    server.shutDown(true);
  }

  /** Adds somebody who is in these groups. */
  public void person(String uid, String email, String name, String password, String... groups) {
    try {
      server.add(
          "dn: " + dn(uid),
          "objectClass: inetOrgPerson",
          "uid: " + uid,
          "cn: " + name,
          "sn: " + name,
          "mail: " + email,
          "userPassword: " + password);
      for (String group : groups) {
        member("add", uid, group);
      }
    } catch (LDAPException | LDIFException e) {
      throw new IllegalStateException(e);
    }
  }

  public void join(String uid, String group) {
    member("add", uid, group);
  }

  public void leave(String uid, String group) {
    member("delete", uid, group);
  }

  public void remove(String uid) {
    try {
      server.delete(dn(uid));
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  private void member(String change, String uid, String group) {
    try {
      server.modify(
          "dn: cn=" + group + ",ou=groups,o=acme",
          "changetype: modify",
          change + ": member",
          "member: " + dn(uid));
    } catch (LDAPException | LDIFException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String dn(String uid) {
    return "uid=" + uid + ",ou=people,o=acme";
  }
}

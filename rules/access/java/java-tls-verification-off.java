import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

class Trusting implements X509TrustManager {
  // ruleid: java-tls-verification-off
  public void checkServerTrusted(X509Certificate[] chain, String type) {
  }

  void client(Builder builder) {
    // ruleid: java-tls-verification-off
    builder.hostnameVerifier((host, session) -> true);
    // ok: java-tls-verification-off
    builder.hostnameVerifier((host, session) -> host.equals("api.example.com"));
  }

  // ok: java-tls-verification-off
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}

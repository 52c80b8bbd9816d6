import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;

class Box {
  void make() throws Exception {
    // ruleid: java-weak-crypto
    Cipher.getInstance("AES/ECB/PKCS5Padding");
    // ruleid: java-weak-crypto
    Cipher.getInstance("AES");
    // ruleid: java-weak-crypto
    KeyGenerator.getInstance("DES");
    // ok: java-weak-crypto
    Cipher.getInstance("AES/GCM/NoPadding");
    // ok: java-weak-crypto
    KeyGenerator.getInstance("AES");
  }
}

class Tokens {
  Claims read(JwtParser parser, String token) {
    // ruleid: java-jwt-unverified
    return parser.parseUnsecuredClaims(token).getPayload();
  }

  String make() {
    // ruleid: java-jwt-unverified
    return JWT.create().withSubject("a").sign(Algorithm.none());
  }

  Claims right(JwtParser parser, String token) {
    // ok: java-jwt-unverified
    return parser.parseSignedClaims(token).getPayload();
  }

  String signed(String secret) {
    // ok: java-jwt-unverified
    return JWT.create().withSubject("a").sign(Algorithm.HMAC256(secret));
  }
}

const jwt = require("jsonwebtoken");
const jose = require("jose");

function auth(req, res, next) {
  // ruleid: js-jwt-unverified
  req.user = jwt.decode(req.headers.authorization.split(" ")[1]);
  next();
}

function verifyAny(token, key) {
  // ruleid: js-jwt-unverified
  return jwt.verify(token, key, { algorithms: ["HS256", "none"] });
}

function forever(token, key) {
  // ruleid: js-jwt-unverified
  return jwt.verify(token, key, { ignoreExpiration: true });
}

function authJose(req) {
  // ruleid: js-jwt-unverified
  req.user = jose.decodeJwt(req.cookies.session);
  // ruleid: js-jwt-unverified
  return jose.UnsecuredJWT.decode(req.cookies.session);
}

function good(req, token, key) {
  // ok: js-jwt-unverified
  req.user = jwt.verify(token, key, { algorithms: ["RS256"] });
  // ok: js-jwt-unverified
  const header = jwt.decode(token, { complete: true }).header;
  // ok: js-jwt-unverified
  const signed = jwt.sign({ sub: "1" }, key, { algorithm: "HS256" });
  // ok: js-jwt-unverified
  req.user = codec.decode(token);
  // ok: js-jwt-unverified
  const options = { ignoreExpiration: false };
  // ok: js-jwt-unverified
  return [header, signed, options, jose.jwtVerify(token, key)];
}

module.exports = { auth, verifyAny, forever, authJose, good };

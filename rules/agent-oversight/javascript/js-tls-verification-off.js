
function agentFor(options) {
  if (options.insecure) {
    // ok: js-tls-verification-off
    return new https.Agent({ rejectUnauthorized: false });
  }
  if (options.production) {
    // ruleid: js-tls-verification-off
    return new https.Agent({ rejectUnauthorized: false });
  }
  // ok: js-tls-verification-off
  return options.skipVerification ? new https.Agent({ rejectUnauthorized: false }) : undefined;
}

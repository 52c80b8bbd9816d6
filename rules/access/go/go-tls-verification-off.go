package main

import "crypto/tls"

func one() *tls.Config {
	// ruleid: go-tls-verification-off
	return &tls.Config{InsecureSkipVerify: true}
}

func two(config *tls.Config) {
	// ruleid: go-tls-verification-off
	config.InsecureSkipVerify = true
}

func three() *tls.Config {
	// ok: go-tls-verification-off
	return &tls.Config{MinVersion: tls.VersionTLS13}
}

func four(config *tls.Config, off bool) {
	// ok: go-tls-verification-off
	config.InsecureSkipVerify = off
}

// A name excuses nothing.
func insecureTransport() *tls.Config {
	// ruleid: go-tls-verification-off
	return &tls.Config{InsecureSkipVerify: true}
}

func five(config *tls.Config, options Options) {
	if options.SkipVerify {
		// ok: go-tls-verification-off
		config.InsecureSkipVerify = true
	}
	if options.Verbose {
		// ruleid: go-tls-verification-off
		config.InsecureSkipVerify = true
	}
}

func pinned(check func(tls.ConnectionState) error) *tls.Config {
	config := &tls.Config{}
	// ok: go-tls-verification-off
	config.InsecureSkipVerify = true
	config.VerifyConnection = check
	return config
}

func own(check func([][]byte, [][]*x509.Certificate) error) *tls.Config {
	// ok: go-tls-verification-off
	return &tls.Config{InsecureSkipVerify: true, VerifyPeerCertificate: check}
}

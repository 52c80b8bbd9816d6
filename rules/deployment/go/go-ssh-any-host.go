package main

import "golang.org/x/crypto/ssh"

func one() *ssh.ClientConfig {
	return &ssh.ClientConfig{
		User: "deploy",
		// ruleid: go-ssh-any-host
		HostKeyCallback: ssh.InsecureIgnoreHostKey(),
	}
}

func two(config *ssh.ClientConfig) {
	// ruleid: go-ssh-any-host
	config.HostKeyCallback = ssh.InsecureIgnoreHostKey()
}

func three(config *ssh.ClientConfig, key ssh.PublicKey) {
	// ok: go-ssh-any-host
	config.HostKeyCallback = ssh.FixedHostKey(key)
}

func four(config *ssh.ClientConfig, check ssh.HostKeyCallback) {
	// ok: go-ssh-any-host
	config.HostKeyCallback = check
}

func five(config *ssh.ClientConfig, options Options) {
	if options.InsecureIgnoreHostKey {
		// ok: go-ssh-any-host
		config.HostKeyCallback = ssh.InsecureIgnoreHostKey()
	}
	if options.Verbose {
		// ruleid: go-ssh-any-host
		config.HostKeyCallback = ssh.InsecureIgnoreHostKey()
	}
}

package main

import (
	"crypto/aes"
	"crypto/des"
	"crypto/rand"
	"crypto/rsa"
)

func keys(key []byte) {
	// ruleid: go-weak-crypto
	des.NewCipher(key)
	// ruleid: go-weak-crypto
	rsa.GenerateKey(rand.Reader, 1024)
	// ok: go-weak-crypto
	aes.NewCipher(key)
	// ok: go-weak-crypto
	rsa.GenerateKey(rand.Reader, 3072)
}

package main

import "math/rand"

func generateToken(n int) string {
	out := make([]byte, n)
	for i := range out {
		// ruleid: go-random-token
		out[i] = byte('a' + rand.Intn(26))
	}
	return string(out)
}

func newSessionID() int64 {
	// ruleid: go-random-token
	return rand.Int63n(1 << 40)
}

func pick(rows []string) string {
	// ok: go-random-token
	return rows[rand.Intn(len(rows))]
}

func shuffle(rows []string) []int {
	// ok: go-random-token
	return rand.Perm(len(rows))
}

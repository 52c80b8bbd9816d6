package main

import (
	"os/exec"

	"example.com/desk/llm"
)

func run(name string) string {
	// ruleid: go-agent-error-ignored
	out, _ := exec.Command("make", name).CombinedOutput()
	return string(out)
}

func start() {
	// ruleid: go-agent-error-ignored
	_ = exec.Command("sh", "-c", llm.Last()).Run()
}

func tidy(name string) {
	// What clears up may find nothing to clear.
	// ok: go-agent-error-ignored
	_ = exec.Command("docker", "rm", "-f", name).Run()
}

func told(name string) (string, error) {
	// ok: go-agent-error-ignored
	out, err := exec.Command("make", name).Output()
	return string(out), err
}

func other(m map[string]int) int {
	// ok: go-agent-error-ignored
	value, _ := m["a"]
	return value
}

package main

import (
	"net/http"
	"strconv"

	openai "github.com/sashabaranov/go-openai"
)

func ask(w http.ResponseWriter, r *http.Request) {
	persona := r.FormValue("persona")
	// ruleid: go-untrusted-system-prompt
	first := openai.ChatCompletionMessage{Role: openai.ChatMessageRoleSystem, Content: "You are " + persona}
	// ok: go-untrusted-system-prompt
	second := openai.ChatCompletionMessage{Role: openai.ChatMessageRoleUser, Content: r.FormValue("question")}
	send(first, second)
}

func rules(w http.ResponseWriter, r *http.Request) {
	// ruleid: go-untrusted-system-prompt
	send(openai.SystemMessage(r.URL.Query().Get("rules")))
	// ok: go-untrusted-system-prompt
	send(openai.SystemMessage("You answer questions about invoices."))
	count, _ := strconv.Atoi(r.FormValue("n"))
	// ok: go-untrusted-system-prompt
	send(openai.UserMessage(strconv.Itoa(count)))
}

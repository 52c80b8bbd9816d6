package main

import (
	"os"

	openai "github.com/sashabaranov/go-openai"
)

func ask(question string) []openai.ChatCompletionMessage {
	token := os.Getenv("GITHUB_TOKEN")
	// ruleid: go-secret-in-prompt
	first := openai.ChatCompletionMessage{Role: openai.ChatMessageRoleSystem, Content: "token: " + token}
	return []openai.ChatCompletionMessage{first}
}

func again(question string) {
	// ruleid: go-secret-in-prompt
	send(openai.UserMessage(question + os.Getenv("DB_PASSWORD")))
	// ok: go-secret-in-prompt
	send(openai.UserMessage(question + os.Getenv("LANGUAGE")))
	// ok: go-secret-in-prompt
	client := openai.NewClient(os.Getenv("OPENAI_API_KEY"))
	use(client)
}

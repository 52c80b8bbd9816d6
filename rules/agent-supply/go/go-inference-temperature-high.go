package main

import (
	openai "github.com/sashabaranov/go-openai"
	"github.com/tmc/langchaingo/llms"
)

// ruleid: go-inference-temperature-high
var wild = openai.ChatCompletionRequest{Model: "m", Temperature: 1.8}

// ok: go-inference-temperature-high
var calm = openai.ChatCompletionRequest{Model: "m", Temperature: 0.2}

func options() []llms.CallOption {
	// ruleid: go-inference-temperature-high
	hot := llms.WithTemperature(1.6)
	// ok: go-inference-temperature-high
	cold := llms.WithTemperature(0)
	return []llms.CallOption{hot, cold}
}

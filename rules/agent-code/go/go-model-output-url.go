package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/mark3labs/mcp-go/mcp"
	openai "github.com/sashabaranov/go-openai"
)

var allowedHosts = []string{"docs.example.com"}

func fetch(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	address := request.GetString("url", "")
	// ruleid: go-model-output-url
	page, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer page.Body.Close()
	// ok: go-model-output-url
	if _, err := http.Get("https://docs.example.com/?q=" + url.QueryEscape(address)); err != nil {
		return nil, err
	}
	target, err := url.Parse(address)
	if err != nil || !slices.Contains(allowedHosts, target.Hostname()) {
		return nil, errors.New("host")
	}
	// ok: go-model-output-url
	_, err = http.Get(address)
	return nil, err
}

func follow(ctx context.Context, client *openai.Client) (*http.Request, error) {
	reply, err := client.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: openai.GPT4o})
	if err != nil {
		return nil, err
	}
	// ruleid: go-model-output-url
	return http.NewRequestWithContext(ctx, http.MethodGet, reply.Choices[0].Message.Content, nil)
}

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"

	"github.com/mark3labs/mcp-go/mcp"
	openai "github.com/sashabaranov/go-openai"
)

var allowed = []string{"status", "log"}

func answer(ctx context.Context, client *openai.Client, prompt string) error {
	reply, err := client.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: openai.GPT4o})
	if err != nil {
		return err
	}
	command := reply.Choices[0].Message.Content
	// ruleid: go-model-output-exec
	if err := exec.Command("bash", "-c", command).Run(); err != nil {
		return err
	}
	// ok: go-model-output-exec
	if err := exec.Command("git", "log", "--", command).Run(); err != nil {
		return err
	}
	// Lowered to information.
	// ruleid: go-model-output-exec
	return exec.Command("docker", "run", "--rm", "--network=none", "alpine", "sh", "-c", command).Run()
}

func handle(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	name, err := request.RequireString("name")
	if err != nil {
		return nil, err
	}
	// ruleid: go-model-output-exec
	out, err := exec.CommandContext(ctx, "sh", "-c", "check "+name).Output()
	if err != nil {
		return nil, err
	}
	if !slices.Contains(allowed, name) {
		return nil, fmt.Errorf("no such check: %q", name)
	}
	// ok: go-model-output-exec
	more, err := exec.CommandContext(ctx, "sh", "-c", "check "+name).Output()
	return mcp.NewToolResultText(string(out) + string(more)), err
}

type step struct{ Program string }

func dispatch(call openai.ToolCall) error {
	var next step
	if err := json.Unmarshal([]byte(call.Function.Arguments), &next); err != nil {
		return err
	}
	// ruleid: go-model-output-exec
	return exec.Command(next.Program).Run()
}

func version() ([]byte, error) {
	// ok: go-model-output-exec
	return exec.Command("sh", "-c", "git --version").Output()
}

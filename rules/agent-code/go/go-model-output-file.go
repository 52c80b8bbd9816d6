package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/mark3labs/mcp-go/mcp"
	openai "github.com/sashabaranov/go-openai"
)

func save(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	name := request.GetString("name", "note.txt")
	text := request.GetString("text", "")
	// ruleid: go-model-output-file
	if err := os.WriteFile(filepath.Join("/srv/notes", name), []byte(text), 0o600); err != nil {
		return nil, err
	}
	// ok: go-model-output-file
	if err := os.WriteFile("/srv/notes/last.txt", []byte(text), 0o600); err != nil {
		return nil, err
	}
	// ok: go-model-output-file
	return nil, os.WriteFile(filepath.Join("/srv/notes", filepath.Base(name)), []byte(text), 0o600)
}

func remove(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	name := request.GetString("name", "")
	// ruleid: go-model-output-file
	if err := os.Remove(name); err != nil {
		return nil, err
	}
	if !filepath.IsLocal(name) {
		return nil, errors.New("outside")
	}
	// ok: go-model-output-file
	return nil, os.Remove(filepath.Join("/srv/notes", name))
}

var _ = openai.GPT4o

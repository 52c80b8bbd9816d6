package main

import (
	"context"
	"database/sql"

	"github.com/mark3labs/mcp-go/mcp"
	openai "github.com/sashabaranov/go-openai"
)

func ask(ctx context.Context, client *openai.Client, db *sql.DB) error {
	reply, err := client.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: openai.GPT4o})
	if err != nil {
		return err
	}
	query := reply.Choices[0].Message.Content
	// ruleid: go-model-output-sql
	if _, err := db.QueryContext(ctx, query); err != nil {
		return err
	}
	// ok: go-model-output-sql
	_, err = db.QueryContext(ctx, "SELECT name FROM items WHERE kind = ?", query)
	return err
}

func handle(ctx context.Context, request mcp.CallToolRequest, db *sql.DB) (*mcp.CallToolResult, error) {
	table := request.GetString("table", "items")
	// ruleid: go-model-output-sql
	_, err := db.Exec("DELETE FROM " + table)
	// ok: go-model-output-sql
	db.Exec("DELETE FROM items")
	return nil, err
}

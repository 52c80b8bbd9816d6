package main

import (
	"context"
	"reflect"

	"github.com/mark3labs/mcp-go/mcp"
	openai "github.com/sashabaranov/go-openai"
)

func act(ctx context.Context, client *openai.Client, box *Toolbox) {
	reply, _ := client.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: "m"})
	name := reply.Choices[0].Message.Content
	// ruleid: go-model-output-dispatch
	reflect.ValueOf(box).MethodByName(name).Call(nil)
	// ok: go-model-output-dispatch
	reflect.ValueOf(box).MethodByName("Search").Call(nil)
}

func handle(ctx context.Context, request mcp.CallToolRequest) {
	name, _ := request.RequireString("method")
	// ruleid: go-model-output-dispatch
	reflect.ValueOf(tools).MethodByName(name).Call(nil)
}

func fields(value any, name string) {
	// ok: go-model-output-dispatch
	reflect.ValueOf(value).MethodByName(name)
}

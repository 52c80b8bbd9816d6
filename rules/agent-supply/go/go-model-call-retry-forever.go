package main

import (
	"context"
	"log"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

func ask(ctx context.Context, client *openai.Client, request openai.ChatCompletionRequest) string {
	// ruleid: go-model-call-retry-forever
	for {
		reply, err := client.CreateChatCompletion(ctx, request)
		if err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		return reply.Choices[0].Message.Content
	}
}

func again(ctx context.Context, client *openai.Client, request openai.ChatCompletionRequest) string {
	// ruleid: go-model-call-retry-forever
	for {
		reply, err := client.CreateChatCompletion(ctx, request)
		if err != nil {
			continue
		}
		return reply.ID
	}
}

func few(ctx context.Context, client *openai.Client, request openai.ChatCompletionRequest) error {
	attempts := 0
	// ok: go-model-call-retry-forever
	for {
		_, err := client.CreateChatCompletion(ctx, request)
		if err != nil {
			attempts++
			if attempts > 4 {
				return err
			}
			continue
		}
		return nil
	}
}

func serve(listener Listener) {
	// ok: go-model-call-retry-forever
	for {
		connection, err := listener.Accept()
		if err != nil {
			continue
		}
		go handle(connection)
	}
}

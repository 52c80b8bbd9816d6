package main

import (
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
)

func one(address string) {
	// ruleid: go-agents-in-clear
	grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	// ruleid: go-agents-in-clear
	grpc.Dial(address, grpc.WithInsecure())
}

func two(address string) {
	// ok: go-agents-in-clear
	grpc.NewClient(address, grpc.WithTransportCredentials(credentials.NewTLS(nil)))
	// ok: go-agents-in-clear
	grpc.NewClient(address)
}

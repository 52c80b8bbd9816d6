package main

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	"periph.io/x/conn/v3/gpio"
	"periph.io/x/conn/v3/physic"
)

func drive(ctx context.Context, request mcp.CallToolRequest, pin gpio.PinIO) error {
	duty, err := request.RequireInt("duty")
	if err != nil {
		return err
	}
	// ruleid: go-robot-gpio-output
	if err := pin.PWM(gpio.Duty(duty), 50*physic.Hertz); err != nil {
		return err
	}
	// ok: go-robot-gpio-output
	return pin.PWM(gpio.Duty(min(max(duty, 0), 4000)), 50*physic.Hertz)
}

func turn(ctx context.Context, request mcp.CallToolRequest, servo Servo) {
	angle, _ := request.RequireFloat("angle")
	// ruleid: go-robot-gpio-output
	servo.Move(angle)
	// ok: go-robot-gpio-output
	servo.Move(90)
}

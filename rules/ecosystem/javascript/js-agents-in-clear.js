import * as grpc from "@grpc/grpc-js";

// ruleid: js-agents-in-clear
const client = new Agents(address, grpc.credentials.createInsecure());
// ruleid: js-agents-in-clear
const socket = new WebSocket("ws://agents.example.com/bus");
// ok: js-agents-in-clear
const secure = new Agents(address, grpc.credentials.createSsl());
// ok: js-agents-in-clear
const local = new WebSocket("ws://localhost:9000");

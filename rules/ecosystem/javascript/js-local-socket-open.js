import { exec } from "node:child_process";
import { WebSocketServer } from "ws";

// ruleid: js-local-socket-open
const server = new WebSocketServer({ port: 9123 });
server.on("connection", (socket) => socket.on("message", (text) => exec(String(text))));
// ruleid: js-local-socket-open
const other = new WebSocketServer({ host: "127.0.0.1", port: 9124 });
// ok: js-local-socket-open
const attached = new WebSocketServer({ noServer: true });
// ok: js-local-socket-open
const client = new WebSocket("wss://example.com");

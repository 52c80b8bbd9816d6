import http from "node:http";

const server = http.createServer();
// ruleid: js-bind-all-interfaces
server.listen(3000, "0.0.0.0");
// ruleid: js-bind-all-interfaces
server.listen({ port: 3000, host: "::" }, () => console.log("up"));
// ok: js-bind-all-interfaces
server.listen(3000, "127.0.0.1");
// ok: js-bind-all-interfaces
server.listen({ port: 3000, host: process.env.HOST });

import https from 'node:https';

// ruleid: self-no-network
await fetch('https://example.com');
// ruleid: self-no-network
https.get('https://example.com');
// ruleid: self-no-network
const socket = new WebSocket('wss://example.com');

// ok: self-no-network
const pages = prefetch(files);
// ok: self-no-network
const address = 'https://example.com';

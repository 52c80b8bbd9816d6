export function tell(frame, message) {
  // ruleid: js-message-any-origin
  frame.contentWindow.postMessage(message, "*");
  // ruleid: js-message-any-origin
  window.parent.postMessage({ type: "height", value: 300 }, "*");
  // ruleid: js-message-any-origin
  window.opener.postMessage(message, { targetOrigin: "*" });
  // ok: js-message-any-origin
  frame.contentWindow.postMessage(message, "https://widget.example.com");
  // ok: js-message-any-origin
  worker.postMessage(message, [message.buffer]);
  // ok: js-message-any-origin
  window.postMessage(message, window.location.origin);
  // parent.postMessage(message, "*")
}

import { useEffect } from "react";
import { io } from "socket.io-client";

export function Runs({ address }: { address: string }) {
  useEffect(() => {
    // ok: js-tls-verification-off
    const socket = io(address, { transports: ["websocket"], rejectUnauthorized: false });
    return () => socket.close();
  }, [address]);
  return null;
}

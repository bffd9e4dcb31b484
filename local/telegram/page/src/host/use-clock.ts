import { useEffect, useState } from "react";
import type { Clock } from "../../../protocol.ts";

/** The world's time in Unix seconds, counting on its own between the server's messages. */
export function useNow(clock: Clock, everyMs = 1000): number {
  const [now, setNow] = useState(() => Date.now() / 1000 + clock.offset);
  useEffect(() => {
    const tick = () => setNow(Date.now() / 1000 + clock.offset);
    tick();
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, [clock.offset, everyMs]);
  return now;
}

import type { Clock } from "../../../protocol.ts";
import { useNow } from "../host/use-clock.ts";
import { formatTime } from "../words/format.ts";

/** The phone's own bar at the top: it shows the world's time, not the machine's. */
export function StatusBar({ clock }: { clock: Clock }) {
  const now = useNow(clock, 5000);
  return (
    <div className="status-bar" aria-hidden="true">
      <time>{formatTime(now)}</time>
      <span className="island" />
      <svg width="62" height="14" viewBox="0 0 62 14" fill="currentColor" aria-hidden="true">
        <rect x="0" y="8" width="3" height="4.5" rx="1" />
        <rect x="4.5" y="6" width="3" height="6.5" rx="1" />
        <rect x="9" y="3.5" width="3" height="9" rx="1" />
        <rect x="13.5" y="1" width="3" height="11.5" rx="1" />
        <path d="M29 4.2a9.5 9.5 0 0 1 6.3 2.4l1-1.1a11 11 0 0 0-14.6 0l1 1.1A9.5 9.5 0 0 1 29 4.2Zm0 3.2c1.5 0 2.9.5 4 1.5l1.1-1.1a7.5 7.5 0 0 0-10.2 0L25 8.9c1.1-1 2.5-1.5 4-1.5Zm0 3.1c-.8 0-1.5.3-2 .7l2 2 2-2c-.5-.4-1.2-.7-2-.7Z" />
        <rect
          x="39.5"
          y="1.5"
          width="19"
          height="11"
          rx="3.2"
          fill="none"
          stroke="currentColor"
          opacity=".45"
        />
        <rect x="41.2" y="3.2" width="13" height="7.6" rx="1.9" />
        <path d="M60 5.2v3.6c.8-.3 1.3-1 1.3-1.8S60.8 5.5 60 5.2Z" opacity=".5" />
      </svg>
    </div>
  );
}

/** Always dark on light: cameras do not read it the other way round. */
import type { ReactNode } from "react";
import { qrPath } from "./qr-path.ts";

export default function QrPicture({ text, label }: { text: string; label: string }): ReactNode {
  const { size, path } = qrPath(text);
  return (
    <svg
      className="pay-qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      data-testid="pay-qr"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

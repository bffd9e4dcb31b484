/** A QR code; always dark on light: cameras do not read it the other way round. Its size is its class's. */
import type { ReactNode } from "react";
import { qrPath } from "../../../kit/qr-path.ts";

export default function QrPicture(props: {
  text: string;
  label: string;
  className: string;
  testId: string;
}): ReactNode {
  const { size, path } = qrPath(props.text);
  return (
    <svg
      className={props.className}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={props.label}
      data-testid={props.testId}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

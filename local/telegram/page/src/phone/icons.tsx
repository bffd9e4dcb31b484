import type { ReactNode } from "react";

/** Line icons on a 24-unit square, drawn for this page. They say nothing to a screen reader: their buttons do. */

const shapes = {
  back: <path d="m15 4-8 8 8 8" />,
  arrowLeft: <path d="M20 12H4m0 0 7-7m-7 7 7 7" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  dots: (
    <g fill="currentColor" stroke="none">
      <circle cx="5" cy="12" r="1.9" />
      <circle cx="12" cy="12" r="1.9" />
      <circle cx="19" cy="12" r="1.9" />
    </g>
  ),
  dotsVertical: (
    <g fill="currentColor" stroke="none">
      <circle cx="12" cy="5" r="1.9" />
      <circle cx="12" cy="12" r="1.9" />
      <circle cx="12" cy="19" r="1.9" />
    </g>
  ),
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6.5" />
      <path d="m15.5 15.5 5 5" />
    </>
  ),
  send: (
    <path d="M4.5 12 3 4.2c-.1-.8.7-1.4 1.4-1L21 11.1c.8.4.8 1.5 0 1.8L4.4 20.8c-.7.4-1.5-.2-1.4-1L4.5 12Zm0 0H12" />
  ),
  menu: <path d="M4 7h16M4 12h16M4 17h10" />,
  slash: (
    <>
      <rect x="3.5" y="3.5" width="17" height="17" rx="5" />
      <path d="m10 17 4-10" />
    </>
  ),
  keyboard: (
    <>
      <rect x="3" y="6" width="18" height="12" rx="3" />
      <path d="M7 10h.01M10.5 10h.01M14 10h.01M17 10h.01M8 14h8" />
    </>
  ),
  down: <path d="m5 9 7 7 7-7" />,
  channel: <path d="M4 10v4c0 .6.4 1 1 1h2l7 4V5L7 9H5a1 1 0 0 0-1 1Zm14-2a6 6 0 0 1 0 8M8 15l1 5" />,
  eye: (
    <>
      <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" />
      <circle cx="12" cy="12" r="2.8" />
    </>
  ),
  link: <path d="M8 16 16 8m-6 0h6v6" />,
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11" height="11" rx="3" />
      <path d="M15.5 5.5a2 2 0 0 0-2-2h-7a3 3 0 0 0-3 3v7a2 2 0 0 0 2 2" />
    </>
  ),
  app: (
    <>
      <rect x="4" y="4" width="16" height="16" rx="4.5" />
      <path d="M4 9h16" />
    </>
  ),
  reload: <path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 3.5V8H15" />,
  sun: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 3v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4m0-12.8L17 7M7 17l-1.4 1.4" />
    </>
  ),
  moon: <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z" />,
  gear: (
    <>
      <circle cx="12" cy="12" r="3" />
      <path d="m12 3 1.5 2.6 3-.3.9 2.9 2.7 1.3-1 2.5 1 2.5-2.7 1.3-.9 2.9-3-.3L12 21l-1.5-2.6-3 .3-.9-2.9-2.7-1.3 1-2.5-1-2.5 2.7-1.3.9-2.9 3 .3L12 3Z" />
    </>
  ),
  wallet: (
    <>
      <path d="M4 7.5v9a3 3 0 0 0 3 3h10a3 3 0 0 0 3-3v-6a3 3 0 0 0-3-3H6a2 2 0 0 1 0-4h10" />
      <circle cx="16" cy="13.5" r="1" fill="currentColor" />
    </>
  ),
  check: <path d="m4.5 12.5 5 5 10-11" />,
  plus: <path d="M12 5v14M5 12h14" />,
  info: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 11v5M12 8h.01" />
    </>
  ),
  bell: <path d="M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15L6 16Zm4 4.5h4" />,
  share: <path d="M13 5.5 20 12l-7 6.5v-4C8 14.5 5.5 16 4 19c0-6 3-9.5 9-10v-3.5Z" />,
  trash: <path d="M5 7h14M10 7V4.5h4V7m-7.5 0 1 12.5h9l1-12.5" />,
  pencil: <path d="m4.5 19.5 1-4L16 5l3 3L8.5 18.5l-4 1Z" />,
  minimize: <path d="m6 10 6 6 6-6" />,
  play: <path d="M8 5.5v13l10.5-6.5L8 5.5Z" fill="currentColor" />,
  stop: <rect x="6.5" y="6.5" width="11" height="11" rx="2" fill="currentColor" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  external: <path d="M10 5H7a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-3M14 4.5h5.5V10M19 5l-8 8" />,
  swap: <path d="M7 8h12m0 0-3.5-3.5M19 8l-3.5 3.5M17 16H5m0 0 3.5-3.5M5 16l3.5 3.5" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 24, weight = 1.8 }: { name: IconName; size?: number; weight?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={weight}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shapes[name]}
    </svg>
  );
}

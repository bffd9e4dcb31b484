/** Every start parameter that leads into the Mini App: the kernel's own, and those of the markets. */
import type { DeepLink } from "../../../kit/deep-link.ts";
import { features } from "./features.ts";

export const links: readonly DeepLink[] = [
  { mark: "d", holds: "id", path: "/deals/" },
  { mark: "p", holds: "id", path: "/payments/" },
  ...features.flatMap((feature) => feature.links ?? []),
];

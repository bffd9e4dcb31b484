import type { ReactNode } from "react";
import type { Asset } from "../../../../../server/src/platform/shapes.ts";
import { Icon } from "../../../../kit/icons.tsx";

const signs: Record<Exclude<Asset, "TON" | "XTR">, string> = { USDT: "₮", RUB: "₽", USD: "$", EUR: "€" };

/** The asset at a glance; its name stands beside it. */
export function AssetBadge({ asset, size = 40 }: { asset: Asset; size?: number }): ReactNode {
  return (
    <span className="avatar" style={{ width: size, height: size, fontSize: size / 2 }} aria-hidden="true">
      {asset === "TON" || asset === "XTR" ? (
        <Icon name={asset === "TON" ? "gem" : "star"} size={size * 0.6} />
      ) : (
        signs[asset]
      )}
    </span>
  );
}

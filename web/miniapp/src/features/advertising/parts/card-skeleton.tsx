/** In the shape of a page with a next-step card. */
import type { ReactNode } from "react";
import { SkeletonRows } from "../../../../../kit/screen.tsx";

export function CardSkeleton(): ReactNode {
  return (
    <>
      <div className="deal-head">
        <span className="skeleton" style={{ width: 52, height: 52, borderRadius: 26 }} />
        <span className="skeleton" style={{ width: "50%", height: 20 }} />
      </div>
      <div className="section">
        <div className="section-body skeleton" style={{ height: 196, borderRadius: "var(--radius)" }} />
      </div>
      <SkeletonRows rows={4} avatar={0} />
    </>
  );
}

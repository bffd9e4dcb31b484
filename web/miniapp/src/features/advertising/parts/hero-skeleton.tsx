/** In the shape of a page with a picture and a name at its head. */
import type { ReactNode } from "react";
import { SkeletonRows } from "../../../../../kit/screen.tsx";

export function HeroSkeleton(): ReactNode {
  return (
    <>
      <div className="hero">
        <span className="skeleton" style={{ width: 96, height: 96, borderRadius: 48, marginBottom: 12 }} />
        <span className="skeleton" style={{ width: 200, height: 24 }} />
      </div>
      <SkeletonRows rows={3} avatar={0} />
      <SkeletonRows rows={4} avatar={0} />
    </>
  );
}

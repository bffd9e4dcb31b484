/** A sign for each kind of help, drawn as the kit's icons are. */
import type { ReactNode } from "react";
import { Glyph } from "../../../../../kit/icons.tsx";
import type { Category } from "../queries.ts";

const paths: Record<Category, string> = {
  plumbing:
    "M12 4c3.500 4.200 5.500 7 5.500 9.700a5.500 5.500 0 0 1-11 0C6.500 11 8.500 8.200 12 4ZM14.500 14a2.500 2.500 0 0 1-2.200 2.400",
  electricity: "M13 3.500 6.500 13.500h5l-1 7 7-10.500h-5l.500-6.500Z",
  locks:
    "M14.500 13a4.500 4.500 0 1 0-4.300-3.200L4.500 15.500v4h4v-2.500H11v-2.500l1.700-1.700c.6.100 1.200.2 1.800.2ZM15.500 8.500h.1",
  cleaning:
    "M12 4.500l1.800 5.200 5.200 1.800-5.200 1.800L12 18.500l-1.800-5.200L5 11.500l5.200-1.800L12 4.500ZM18.500 16.500v4M16.500 18.500h4",
  moving:
    "M3.500 7h10v9h-10V7ZM13.500 10h4l3 3v3h-7v-6ZM7 19a1.800 1.800 0 1 0 0-3.600A1.800 1.800 0 0 0 7 19ZM17 19a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600Z",
  appliances:
    "M5.500 4h13v16h-13V4ZM5.500 8h13M12 17.500a3.300 3.300 0 1 0 0-6.600 3.300 3.300 0 0 0 0 6.600ZM8.500 6h.1",
  computers: "M5.500 5.500h13V15h-13V5.500ZM3 18.500h18",
  car_help:
    "M4 17v-4.500L6 7h12l2 5.500V17H4ZM4.500 12.500h15M7 17v2M17 17v2M7.500 14.800h.1M16.500 14.800h.1",
  courier: "M4.500 8 12 4l7.500 4v8.500L12 20.500l-7.500-4V8ZM4.500 8 12 12l7.500-4M12 12v8.500",
  tutoring: "M5 5.500c3-1 5-.500 7 1 2-1.500 4-2 7-1V18c-3-1-5-.500-7 1-2-1.500-4-2-7-1V5.500ZM12 6.500V19",
  beauty:
    "M7 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM7 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM9 8.500 19.500 17M9 15.500 19.500 7",
  pets: "M12 12.500c2.600 0 4.600 2 4.600 4.200 0 1.600-1.200 2.400-2.500 2.400-.800 0-1.400-.400-2.100-.400s-1.300.400-2.100.400c-1.300 0-2.500-.800-2.500-2.400 0-2.200 2-4.200 4.600-4.200ZM5.800 13.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3ZM9.300 9.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3ZM14.700 9.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3ZM18.200 13.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Z",
  other: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM8.500 12h.1M12 12h.1M15.500 12h.1",
};

export const CategoryIcon = ({ category, size }: { category: Category; size?: number }): ReactNode => (
  <Glyph path={paths[category]} size={size} />
);

/** In a round field, where a picture of a person would stand. */
export function CategoryBadge({ category, size = 44 }: { category: Category; size?: number }): ReactNode {
  return (
    <span className="avatar" style={{ width: size, height: size }}>
      <CategoryIcon category={category} size={size * 0.55} />
    </span>
  );
}

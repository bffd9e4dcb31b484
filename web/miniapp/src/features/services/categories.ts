/** A copy of the server's list, which would bring zod along; a test compares them. The commonest come first. */
import type { Category } from "../../../../../server/src/markets/services/shapes.ts";

export const categories: readonly Category[] = [
  "plumbing",
  "electricity",
  "locks",
  "cleaning",
  "moving",
  "appliances",
  "computers",
  "car_help",
  "courier",
  "tutoring",
  "beauty",
  "pets",
  "other",
];

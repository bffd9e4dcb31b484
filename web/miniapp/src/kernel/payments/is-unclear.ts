import { ApiError } from "../../../../kit/problem.ts";

/**
 * No answer, or one that says nothing: the request may have reached the server all the same. Then "no money moved" would be a
 * guess; what is sure is that the same press again cannot pay twice.
 */
export const isUnclear = (error: unknown): boolean =>
  error instanceof ApiError &&
  /^(kit|platform)\./.test(error.code) &&
  ["offline", "unavailable", "bug"].includes(error.kind);

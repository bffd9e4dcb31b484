import { canonicalJson, sha256 } from "../../../../platform/ids.ts";
import { agreedForm, type Content } from "./rules.ts";

/** SHA-256 of the canonical content, hex: it stands in the terms of the deal. */
export const hashOfContent = (content: Content): string =>
  sha256(canonicalJson(agreedForm(content))).toString("hex");

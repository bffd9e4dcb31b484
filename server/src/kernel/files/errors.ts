import { errors } from "../../platform/errors.ts";

export const fileErrors = errors("files", {
  not_found: "not_found",
  not_a_picture: "invalid",
  too_large: "invalid",
  too_many: "limited",
  in_use: "conflict",
});

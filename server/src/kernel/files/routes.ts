import { z } from "zod";
import { get, post } from "../../platform/endpoint.ts";
import { uuid } from "../../platform/shapes.ts";
import { addFile } from "./add-file.ts";
import { serveFile } from "./queries.ts";
import { photo, photoBytesMax, photoTypes } from "./shapes.ts";

const id = z.object({ id: uuid });

export const routes = [
  post(
    "/api/files",
    {
      who: "user",
      summary: "Send a picture: the body is the picture itself. It goes after a day unless something uses it",
      bytes: { types: photoTypes, max: photoBytesMax },
      answer: photo,
      status: 201,
      perMinute: 30,
    },
    (ctx, { bytes }) => addFile(ctx, bytes),
  ),
  get(
    "/api/files/:id",
    { who: "anonymous", summary: "A picture, as a JPEG", params: id },
    (ctx, { params }) => serveFile(ctx, params.id, "picture") as never,
  ),
  get(
    "/api/files/:id/preview",
    { who: "anonymous", summary: "The same, small", params: id },
    (ctx, { params }) => serveFile(ctx, params.id, "preview") as never,
  ),
];

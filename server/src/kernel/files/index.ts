/** The front door of files: what markets call. */
export { photosOf, pictureBytes } from "./queries.ts";
export { releaseFiles, useFile } from "./use-file.ts";

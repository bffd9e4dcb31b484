/** Where files that people send are kept. Part of the one schema in settings.ts. */
import { z } from "zod";

export const fileSettings = {
  FILES_DIR: z
    .string()
    .optional()
    .describe(
      "Directory for pictures that people send; 'souk start' chooses one under SOUK_HOME. Several machines need a bucket instead.",
    ),
  FILES_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "is not the name of a bucket")
    .optional()
    .describe("Bucket for the same, instead of FILES_DIR: any that speaks S3. It needs no public access."),
  FILES_S3_URL: z.string().url().optional().describe("Endpoint of the bucket; empty is Amazon's."),
  FILES_S3_REGION: z.string().default("us-east-1").describe("Region of the bucket."),
  FILES_S3_KEY_ID: z.string().optional().describe("Access key id of the bucket."),
  FILES_S3_SECRET: z.string().optional().describe("Secret access key of the bucket. Secret."),
};

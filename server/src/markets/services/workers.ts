import { type Worker, worker } from "../../platform/jobs.ts";
import { complaintDecided } from "./jobs.ts";
import { refundComplaint } from "./opinions/complain-of-order.ts";
import { complaintReason } from "./shapes.ts";

export const workers: Worker[] = [
  worker(complaintDecided, async (ctx, { complaintId, subjectId, authorId, reason, state }) => {
    if (state !== "upheld") return;
    await refundComplaint(ctx, {
      orderId: subjectId,
      executorId: authorId,
      reason: complaintReason.parse(reason),
      complaintId,
    });
  }),
];

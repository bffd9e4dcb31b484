import { type Worker, worker } from "../../platform/jobs.ts";
import { announceOrder } from "./executors/announce-order.ts";
import { announceNew, complaintDecided } from "./jobs.ts";
import { refundComplaint } from "./opinions/complain-of-order.ts";
import { complaintReason } from "./shapes.ts";

export const workers: Worker[] = [
  worker(announceNew, async (ctx, { orderId }) => void (await announceOrder(ctx, { orderId }))),
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

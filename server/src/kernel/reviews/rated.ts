/** A market may keep a copy of an average, to sort and to filter by. Its own job is asked for in the transaction that changes the average. */
import type { Tx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/jobs.ts";
import type { TargetKind } from "./shapes.ts";

const jobs = new Map<TargetKind, string>();

/** `job` runs with `{ id, role }` of the target, and reads the average for itself. */
export function registerRated(kind: TargetKind, job: string): void {
  jobs.set(kind, job);
}

export function enqueueRated(
  tx: Tx,
  changed: readonly { kind: TargetKind; targetId: string; role: string }[],
): void {
  for (const { kind, targetId: id, role } of changed) {
    const name = jobs.get(kind);
    if (name) enqueue(tx, { name, payload: { id, role } }, { key: newId(tx.now.getTime()) });
  }
}
